import { describe, expect, it } from "vitest";
import { masking } from "../../rules/masking/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const start = Date.UTC(2026, 0, 5, 12);
const rules = masking.filter(({ id }) => id !== "masking/cacheable-refusal");

async function tell(exchanges: readonly Exchange[], contract = builtin) {
  const report = await judgeExchanges(exchanges, contract, rules);
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  return { findings: report.findings.map(({ rule, note, severity }) => `${severity} ${rule} ${note}`), report };
}

let entry = 0;
const ask = (account: string | undefined, id: string, second: number | null, parts: ExchangeParts = {}) =>
  makeExchange({
    url: `/v1/courses/${id}`,
    at: second === null ? null : start + second * 1000,
    entry: entry++,
    ...(account !== undefined && { account }),
    ...parts,
  });
const refusal = (message = "No such course.", code = "course_not_found", status = 404): ExchangeParts => ({
  status,
  body: { detail: { error: { type: status === 404 ? "not_found_error" : "invalid_request_error", code, message } } },
});
const conflict = refusal("It is launched.", "already_launched", 409);
const wrong = "error masking/wrong-answer foreign";

describe("the proof that a resource is somebody else's", () => {
  it("does not depend on the order of entries or captures where times are known", async () => {
    const exchanges = [
      ask("alice", "a", 0, { capture: "alice.har" }),
      ask("bob", "a", 5, { ...conflict, capture: "bob.har" }),
      ask("alice", "a", 9, { capture: "alice.har" }),
    ];
    for (const order of [exchanges, [...exchanges].reverse()]) expect((await tell(order)).findings).toEqual([wrong]);
  });

  it("goes by the file's order where no time is known, within one capture only", async () => {
    const untimed = (captures: string[]) => [
      ask("alice", "a", null, { capture: captures[0] ?? "" }),
      ask("bob", "a", null, { ...conflict, capture: captures[1] ?? "" }),
      ask("alice", "a", null, { capture: captures[2] ?? "" }),
    ];
    expect((await tell(untimed(["a.har", "a.har", "a.har"]))).findings).toEqual([wrong]);
    expect((await tell(untimed(["a.har", "b.har", "c.har"]))).findings).toEqual([]);
  });

  it.each<[string, Exchange[]]>([
    ["OPTIONS is answered for anything", [ask("alice", "a", 0, { method: "OPTIONS" }), ask("bob", "a", 1, conflict), ask("alice", "a", 2)]],
    ["the same account", [ask("bob", "a", 0), ask("bob", "a", 1, conflict), ask("bob", "a", 2)]],
    [
      "served without a credential, it is nobody's",
      [ask("alice", "a", 0), ask("bob", "a", 1, conflict), ask("alice", "a", 2), ask(undefined, "a", 3)],
    ],
    [
      "served to so many accounts that it is nobody's own",
      [
        ask("alice", "a", 0),
        ...Array.from({ length: 8 }, (_, reader) => ask(`reader ${reader}`, "a", 1)),
        ask("bob", "a", 2, conflict),
        ask("alice", "a", 3),
      ],
    ],
    [
      "another server",
      [ask("alice", "a", 0), ask("bob", "a", 1, { ...conflict, url: "https://eu.example.com/v1/courses/a" }), ask("alice", "a", 2)],
    ],
    ["under way at the same time", [ask("alice", "a", 0, { took: 5000 }), ask("bob", "a", 1, conflict), ask("alice", "a", 6)]],
  ])("is none: %s", async (_, exchanges) => {
    expect((await tell(exchanges)).findings).toEqual([]);
  });

  it("is not observable without an account", async () => {
    const { findings, report } = await tell([ask("alice", "a", 0), ask(undefined, "a", 1, conflict), ask("alice", "a", 2)]);
    expect(findings).toEqual([]);
    expect(report.coverage.notObservable).toMatchObject([{ rule: "masking/wrong-answer", reason: "account unknown" }]);
  });
});

describe("nested resources", () => {
  const nested = (account: string, second: number, parts: ExchangeParts = {}) =>
    ask(account, "a", second, { url: "/v1/courses/a/presets/p", ...parts });

  it("may answer with the parent's row", async () => {
    expect((await tell([nested("alice", 0), nested("bob", 1, refusal()), nested("alice", 2)])).findings).toEqual([]);
  });
});

describe("one cause, one finding", () => {
  it("leaves a status that reveals to existence-revealed alone", async () => {
    const forbidden = refusal("Not yours.", "course_private", 403);
    const exchanges = [ask("alice", "a", 0), ask("bob", "a", 1, forbidden), ask("bob", "x", 2, refusal()), ask("alice", "a", 3)];
    expect((await tell(exchanges)).findings).toEqual(["error masking/existence-revealed revealed"]);
  });

  it("leaves another row to wrong-answer alone", async () => {
    const exchanges = [ask("alice", "a", 0), ask("bob", "a", 1, conflict), ask("bob", "x", 2, refusal()), ask("alice", "a", 3)];
    expect((await tell(exchanges)).findings).toEqual([wrong]);
  });
});

describe("masking/distinguishable", () => {
  it("says nothing of HEAD's body, and compares what is left", async () => {
    const head = (id: string, headers = {}) => ask("bob", id, 1, { method: "HEAD", status: 404, headers });
    const exchanges = (headers: Record<string, string>) => [ask("alice", "a", 0), head("a", headers), head("x"), ask("alice", "a", 3)];
    expect((await tell(exchanges({}))).findings).toEqual([]);
    expect((await tell(exchanges({ "x-region": "eu" }))).findings).toEqual(["warning masking/distinguishable headerNames"]);
  });

  it("is not observable without an account, or without the request's body", async () => {
    const put = { method: "PUT", requestBodyState: "not-captured", ...refusal() } as const;
    const { findings, report } = await tell([
      ask("alice", "a", 0),
      ask(undefined, "a", 1, refusal()),
      ask("bob", "a", 2, put),
      ask("alice", "a", 3),
    ]);
    expect(findings).toEqual([]);
    expect(report.coverage.notObservable).toMatchObject([
      { rule: "masking/distinguishable", reason: "account unknown" },
      { rule: "masking/distinguishable", reason: "request body not captured" },
    ]);
  });

  it("needs the foreign answers to agree among themselves", async () => {
    const foreign = (second: number, tag: string) => ask("bob", "a", second, { ...refusal(), headers: { etag: tag } });
    const missing = (id: string) => ask("bob", id, 5, { ...refusal(), headers: { etag: "0" } });
    const all = (tags: string[]) => [
      ask("alice", "a", 0),
      ...tags.map((tag, index) => foreign(1 + index, tag)),
      missing("x"),
      missing("y"),
      ask("alice", "a", 9),
    ];
    expect((await tell(all(["1", "2"]))).findings).toEqual([]);
    expect((await tell(all(["1", "1"]))).findings).toEqual(["warning masking/distinguishable headerValue"]);
  });

  it("compares the answers of one stranger only", async () => {
    const exchanges = [ask("alice", "a", 0), ask("bob", "a", 1, refusal("Gone.")), ask("carol", "x", 2, refusal()), ask("alice", "a", 3)];
    expect((await tell(exchanges)).findings).toEqual([]);
  });

  it("survives a body of great depth and odd ids", async () => {
    const deep = { status: 404, body: `${"[".repeat(50_000)}${"]".repeat(50_000)}`, headers: { "content-type": "application/json" } };
    const id = "%ED%A0%80(.*)";
    expect((await tell([ask("alice", id, 0), ask("bob", id, 1, deep), ask("bob", "x", 2, deep), ask("alice", id, 3)])).findings).toEqual(
      [],
    );
  });
});

describe("masking/foreign-served", () => {
  const made = (account: string, second: number, parts: ExchangeParts = {}) =>
    ask(account, "", second, { method: "POST", url: "/v1/courses", status: 201, body: { data: { id: "new" } }, ...parts });

  it("reads the captures in any order, and believes the names that the user gave", async () => {
    const exchanges = [
      made("alice", 0, { account: { id: "1", name: "alice" }, capture: "a.har" }),
      ask("bob", "new", 5, { account: { id: "2", name: "bob" }, capture: "b.har" }),
    ];
    for (const order of [exchanges, [...exchanges].reverse()])
      expect((await tell(order)).findings).toEqual(["warning masking/foreign-served served"]);
  });

  it("is a note where a new credential takes over", async () => {
    expect((await tell([made("alice", 0), ask("bob", "new", 5)])).findings).toEqual(["note masking/foreign-served perhapsServed"]);
  });

  it("learns when accounts are active from requests for masked resources only", async () => {
    const other = (account: string, second: number) => ask(account, "", second, { url: "/v1/health" });
    expect((await tell([made("alice", 0), ask("bob", "new", 5), other("alice", 6), other("bob", 7)])).findings).toEqual([
      "note masking/foreign-served perhapsServed",
    ]);
  });

  it("is silent where the contract declares a way to share", async () => {
    const contract = await parseContract(
      'envelint: 1\ntitle: t\nextends: builtin:course-api\noperations: {shareCourse: "POST /v1/courses/{course_id}/share"}\nerrors: []',
      { file: "t.yaml" },
    );
    expect((await tell([made("alice", 0), ask("bob", "new", 5), ask("alice", "new", 6)], contract)).findings).toEqual([]);
  });

  it.each<[string, ExchangeParts]>([
    ["a redirect", { status: 302, headers: { location: "/login" } }],
    ["a provisional answer", { status: 103 }],
    ["OPTIONS", { method: "OPTIONS" }],
    ["an error by its body", { body: { ok: false } }],
  ])("is no serving: %s", async (_, parts) => {
    const contract = await parseContract(
      `envelint: 1
title: t
extends: builtin:course-api
envelopes: {notOk: {when: {status: 200, body: {required: [ok]}}, members: {message: /message}}}
errors: []`,
      { file: "t.yaml" },
    );
    const exchanges = [made("alice", 0), ask("bob", "new", 5, parts), ask("alice", "new", 6)];
    expect((await tell(exchanges, contract)).findings).toEqual([]);
    // Nor does such an answer to a POST make anything.
    const refused = made("alice", 0, { status: 200, body: { ok: false, id: "new" } });
    expect((await tell([refused, ask("bob", "new", 5)], contract)).findings).toEqual([]);
  });

  it("knows the creator, by the first request that made it, and that nobody knew it before", async () => {
    const perhaps = ["note masking/foreign-served perhapsServed"];
    const read = (account: string, second: number) => ask(account, "new", second);
    const cases: [Exchange[], string[]][] = [
      [[made("alice", 0), read("bob", 5)], perhaps],
      [[{ ...made("alice", 0), account: undefined }, read("bob", 5)], []],
      [[made("alice", 0), made("bob", 2), read("alice", 5)], []],
      [[made("alice", 0), read("bob", 2), made("bob", 5)], perhaps],
      [[made("alice", 0), read("alice", 5)], []],
      [[read("carol", 0), made("alice", 1), read("bob", 5)], []],
      [[ask("carol", "new", 0, refusal()), made("alice", 1), read("bob", 5)], []],
      [[made("alice", 0), read("alice", 5), ask("bob", "new", null, { capture: "b.har" })], []],
    ];
    for (const [exchanges, findings] of cases)
      for (const order of [exchanges, [...exchanges].reverse()]) expect((await tell(order)).findings).toEqual(findings);
  });

  it("shows the first time each account was served it", async () => {
    const { report } = await tell([made("alice", 0), ask("bob", "new", 5, { entry: 1000 }), ask("bob", "new", 6, { entry: 1001 })]);
    expect(report.findings.flatMap(({ samples }) => samples.map((sample) => sample.entry))).toEqual([1000]);
  });

  it("does not take a Location elsewhere for the new thing's id", async () => {
    const other = { headers: { location: "/v1/courses/old" }, body: { id: "new" } };
    expect((await tell([made("alice", 0, other), ask("bob", "old", 5), ask("alice", "old", 6)])).findings).toEqual([]);
  });
});

describe("what only looks like a masked refusal", () => {
  const extended = (more: string) => parseContract(`envelint: 1\ntitle: t\nextends: builtin:course-api\n${more}`, { file: "t.yaml" });
  const lesson = refusal("No such lesson.", "lesson_not_found");

  it("is one of what is not masked", async () => {
    expect((await tell([ask("bob", "", 0, { url: "/v1/lessons", ...refusal("You lack permission.") })])).findings).toEqual([]);
  });

  it("is a row of the same status that no masking promises", async () => {
    const contract = await extended("errors: [{name: lesson-not-found, status: 404, type: not_found_error, code: lesson_not_found}]");
    expect((await tell([ask("alice", "a", 0), ask("bob", "a", 1, lesson), ask("alice", "a", 2)], contract)).findings).toEqual([wrong]);
    expect((await tell([ask("bob", "a", 1, lesson)], contract)).findings).toEqual([]);
  });

  it("is another resource's answer of another status", async () => {
    const contract = await extended(`errors: [{name: lesson-gone, status: 410, type: not_found_error, code: lesson_gone}]
operations: {oneLesson: 'GET /v1/lessons/{lesson_id}'}
masking: [{resource: lesson, parameter: lesson_id, answer: lesson-gone}, {resource: course, parameter: course_id, answer: course-not-found}]`);
    const gone = { ...refusal("Gone.", "lesson_gone"), status: 410 };
    expect((await tell([ask("bob", "a", 1, gone)], contract)).findings).toEqual([]);
  });

  it("is a page of somebody in front of the API", async () => {
    const page = (status: number) => ({
      status,
      headers: { "content-type": "text/html" },
      body: "<html><hr><center>nginx</center></html>",
    });
    expect((await tell([ask("bob", "a", 0, page(403))])).findings).toEqual(["warning masking/existence-revealed revealedInFront"]);
  });
});

describe("masking/ownership-hinted", () => {
  const hinted = "warning masking/ownership-hinted hinted";

  it.each<[string, string[]]>([
    ["Not found: you do not have permission.", [hinted]],
    ["You are no owner or member.", [hinted]],
    ["Not found, or not yours.", []],
  ])("leaves open only what is said to be one or the other: %s", async (message, findings) => {
    expect((await tell([ask("bob", "a", 0, refusal(message))])).findings).toEqual(findings);
  });

  it("is told of what exists, of what is missing, and not where both hear the same", async () => {
    const served = [ask("alice", "a", 0), ask("bob", "a", 1, refusal("It is owned by another user."))];
    expect((await tell(served)).findings).toEqual([hinted]);
    expect((await tell([...served, ask("bob", "x", 2, refusal("It is owned by another user."))])).findings).toEqual([]);
    const other = await tell([...served, ask("bob", "x", 2, refusal("You have no access."))]);
    expect(other.findings).toEqual([hinted, hinted]);
  });

  it("shows the message where it stands, be it a header", async () => {
    const contract = await parseContract(
      `envelint: 1
title: t
extends: builtin:course-api
envelopes: {api: {pointer: [""], members: {type: /type, code: /code, message: {header: x-message}}, required: [type]}}
errors: []`,
      { file: "t.yaml" },
    );
    const answer = { status: 404, headers: { "x-message": "Access denied." }, body: { type: "not_found_error", code: "course_not_found" } };
    const { report } = await tell([ask("bob", "a", 0, answer)], contract);
    expect(report.findings[0]?.samples).toMatchObject([{ place: { kind: "header", name: "x-message" } }]);
  });
});

describe("masking/cacheable-refusal", () => {
  const rules = masking.filter(({ id }) => id === "masking/cacheable-refusal");
  const contract = parseContract(
    `envelint: 1
title: t
operations: {oneCourse: "* /v1/courses/{course_id}"}
envelopes: {api: {pointer: /error, members: {code: /code}, required: [code]}}
errors: [{name: course-not-found, status: 404, code: not_found}, {name: gone, status: 410, code: gone}]
masking: [{resource: course, parameter: course_id, answer: course-not-found}]`,
    { file: "t.yaml" },
  );
  const answer = (code: string) => ({ body: { error: { code } } });

  it.each<[string, ExchangeParts, number]>([
    ["the promised one", { status: 404, ...answer("not_found") }, 1],
    ["one that asks to be kept nowhere", { status: 404, ...answer("not_found"), headers: { "cache-control": "no-store" } }, 0],
    ["one of another row", { status: 410, ...answer("gone") }, 0],
    ["one of a request that is never answered from memory", { status: 404, ...answer("not_found"), method: "PATCH" }, 0],
    ["somebody in front's", { status: 404, headers: { "content-type": "text/html" }, body: "<html><hr><center>nginx</center></html>" }, 0],
    ["one of no resource", { status: 404, ...answer("not_found"), url: "/v1/lessons/a" }, 0],
  ])("of %s", async (_, parts, count) => {
    const report = await judgeExchanges([ask("bob", "a", 0, parts)], await contract, rules);
    expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
    expect(report.findings).toHaveLength(count);
  });
});

it("a secret of one refusal is not told of another", async () => {
  const token = "QmvTxkLrWzuYpNsDfGhJaKc";
  const told = `No course for ${token}.`;
  const said = { ...refusal(told), reason: token, headers: { [`x-${token}`]: "1", location: `/${token}`, "set-cookie": `${token}=1` } };
  const { report } = await tell([
    ask("alice", "a", 0),
    ask("bob", "a", 1, refusal()),
    ask("alice", "a", 2),
    ask("bob", "b", 3, { ...said, requestHeaders: { authorization: `Bearer ${token}` } }),
    ask("bob", "c", 4, { ...said, requestHeaders: { authorization: `Bearer ${token}` } }),
  ]);
  expect(report.findings.map(({ note }) => note)).toEqual(expect.arrayContaining(["message", "headerNames"]));
  expect(JSON.stringify(report).toLowerCase()).not.toContain(token.toLowerCase());
});
