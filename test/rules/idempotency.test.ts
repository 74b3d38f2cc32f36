import { describe, expect, it } from "vitest";
import { idempotency } from "../../rules/idempotency/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const contractWith = (more: string) =>
  parseContract(
    `envelint: 1
title: t
extends: builtin:course-api
errors:
  - {name: key-reused, status: 422, type: invalid_request_error, code: key_reused}
  - {name: key-busy, status: 409, type: invalid_request_error, code: key_busy}
idempotency: {operations: {launchCourse: required}, missing: idempotency-key-required, ${more}}`,
    { file: "t.yaml" },
  );
const withoutRow = parseContract(
  "envelint: 1\ntitle: t\nextends: builtin:course-api\nerrors: []\nidempotency: {operations: {launchCourse: required}, replay: unspecified}",
  { file: "t.yaml" },
);
const start = Date.UTC(2026, 0, 5, 12);

async function tell(exchanges: readonly Exchange[], contract = builtin) {
  const report = await judgeExchanges(exchanges, contract, idempotency);
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  return { findings: report.findings.map(({ rule, note, severity, count }) => `${severity} ${rule} ${note} ${count}`), report };
}

const launch = (second: number, parts: ExchangeParts = {}) =>
  makeExchange({
    method: "POST",
    url: "/v1/courses/c_1/launch",
    requestHeaders: { "idempotency-key": "key-1" },
    requestBody: { preset: "p" },
    status: 202,
    body: { id: "c_1", state: "launching" },
    account: "alice",
    at: start + second * 1000,
    ...parts,
  });
const failure = (status: number, code: string, more = {}): ExchangeParts => ({
  status,
  body: { detail: { error: { type: "invalid_request_error", code, message: "No.", ...more } } },
});

describe("a replay", () => {
  it("under same-effect may look otherwise, and may not be refused (a note)", async () => {
    expect((await tell([launch(0), launch(1, { status: 200, body: { id: "c_1", state: "running" } })])).findings).toEqual([]);
    expect((await tell([launch(0), launch(1, failure(409, "already_launched"))])).findings).toEqual([
      "note idempotency/replay-differs refused 1",
    ]);
  });

  it("is counted once each, in whatever order the entries come", async () => {
    const contract = await contractWith("replay: same-response");
    const exchanges = [launch(0), launch(1, { status: 200 }), launch(2, { status: 200 })];
    for (const order of [exchanges, [...exchanges].reverse()])
      expect((await tell(order, contract)).findings[0]).toMatch(/^error idempotency\/replay-differs status [12]$/);
    expect((await tell(exchanges, contract)).findings).toEqual(["error idempotency/replay-differs status 2"]);
  });

  it("of a stored refusal must be refused again where the same response is promised", async () => {
    const contract = await contractWith("replay: same-response, inFlight: key-busy");
    const exchanges = [launch(0, failure(400, "title_required")), launch(1)];
    expect((await tell(exchanges, contract)).findings).toEqual(["error idempotency/replay-differs status 1"]);
    expect((await tell(exchanges)).findings).toEqual([]);
    expect((await tell([launch(0, failure(409, "key_busy")), launch(1)], contract)).findings).toEqual([]);
  });

  it("is no replay with another account, another operation's key, or in another capture without an account", async () => {
    const contract = await contractWith("replay: same-response");
    const other = { status: 200, body: { id: "c_2" } };
    expect((await tell([launch(0), launch(1, { ...other, account: "bob" })], contract)).findings).toEqual([]);
    const anonymous = (second: number, parts: ExchangeParts) => ({ ...launch(second, parts), account: undefined });
    expect((await tell([anonymous(0, { capture: "a" }), anonymous(1, { ...other, capture: "b" })], contract)).findings).toEqual([]);
    expect((await tell([anonymous(0, {}), anonymous(1, other)], contract)).findings).toEqual([
      "error idempotency/replay-repeats repeated 1",
    ]);
  });

  it("is looked for over captures, for a day where the contract does not say", async () => {
    const day = 24 * 3600;
    const second = (at: number) => launch(at, { body: { id: "c_2" }, capture: "b.har" });
    expect((await tell([launch(0), second(day - 1)])).findings).toEqual(["error idempotency/replay-repeats repeated 1"]);
    expect((await tell([launch(0), second(day + 1)])).findings).toEqual([]);
  });

  it("compares a body of great depth", async () => {
    const contract = await contractWith("replay: same-response");
    const deep = (end: string) => ({
      headers: { "content-type": "application/json" },
      body: `{"a":${"[".repeat(50_000)}${end}${"]".repeat(50_000)}}`,
    });
    expect((await tell([launch(0, deep("1")), launch(1, deep("1"))], contract)).findings).toEqual([]);
    expect((await tell([launch(0, deep("1")), launch(1, deep("2"))], contract)).findings).toEqual([
      "error idempotency/replay-differs body 1",
    ]);
  });
});

describe("a reuse", () => {
  const other = { requestBody: { preset: "q" } };

  it("is worse where it acted", async () => {
    expect((await tell([launch(0), launch(1, other)])).findings).toEqual(["warning idempotency/reuse-accepted accepted 1"]);
    expect((await tell([launch(0), launch(1, { ...other, body: { id: "c_2" } })])).findings).toEqual([
      "error idempotency/reuse-accepted accepted 1",
    ]);
    expect((await tell([launch(0), launch(1, other)], await contractWith("reuse: key-reused"))).findings).toEqual([
      "error idempotency/reuse-accepted accepted 1",
    ]);
  });

  it("leaves the key to its first request", async () => {
    const exchanges = [launch(0), launch(1, { ...other, body: { id: "c_2" } }), launch(2)];
    expect((await tell(exchanges)).findings).toEqual(["error idempotency/reuse-accepted accepted 1"]);
  });

  it("by a new credential that repeats the request is a replay", async () => {
    const made = { body: { id: "run_1" } };
    expect((await tell([launch(0, made), launch(1, { ...made, account: "alice-2" })])).findings).toEqual([]);
    expect((await tell([launch(0, made), launch(1, { ...made, ...other, account: "alice-2" })])).findings).toEqual([
      "warning idempotency/reuse-accepted leaked 1",
    ]);
  });
});

describe("a missing key", () => {
  const without = { requestHeaders: { accept: "*/*" } };

  it("is not known in a capture that shows no request headers at all", async () => {
    const { findings, report } = await tell([launch(0, { requestHeaders: {}, requestBody: null })]);
    expect(findings).toEqual([]);
    expect(report.coverage.notObservable).toMatchObject([{ rule: "idempotency/key-not-required", count: 1 }]);
  });

  it("in the body is not known where the body was not captured", async () => {
    const contract = await contractWith("key: {pointer: /key}");
    expect((await tell([launch(0, { requestBodyState: "not-captured" })], contract)).findings).toEqual([]);
    expect((await tell([launch(0)], contract)).findings).toEqual(["error idempotency/key-not-required absent 1"]);
    expect((await tell([launch(0, { requestBody: { key: "" } })], contract)).findings).toEqual([
      "error idempotency/key-not-required empty 1",
    ]);
  });

  it.each([
    ["/login", 0],
    ["https://api.example.com/v1/courses/c_1/launch/", 0],
    ["/v1/runs/1", 1],
  ])("and a redirect to %s", async (location, count) => {
    expect((await tell([launch(0, { ...without, status: 302, body: null, headers: { location } })])).findings).toHaveLength(count);
  });

  it("is misanswered where the param blames the key itself", async () => {
    expect((await tell([launch(0, { ...without, ...failure(400, "missing", { param: "Idempotency-Key" }) })])).findings).toEqual([
      "error idempotency/missing-key-misanswered misanswered 1",
    ]);
  });
});

it("present-key-rejected keeps quiet where the key breaks the declared syntax, or the row means more than a missing key", async () => {
  const refused = launch(0, failure(400, "idempotency_key_required"));
  expect((await tell([refused])).findings).toEqual(["error idempotency/present-key-rejected rejected 1"]);
  expect((await tell([refused], await contractWith("syntax: uuid"))).findings).toEqual([]);
  expect((await tell([refused], await contractWith("maxLength: 3"))).findings).toEqual([]);
  const vague = await parseContract(
    "envelint: 1\ntitle: t\nextends: builtin:course-api\nerrors: []\nidempotency: {operations: {launchCourse: required}, missing: invalid-request}",
    { file: "t.yaml" },
  );
  expect((await tell([launch(0, failure(400, "title_required"))], vague)).findings).toEqual([]);
  // A type of its own is no word of keys, unless it names them.
  const typed = (type: string) =>
    parseContract(
      `envelint: 1\ntitle: t\nextends: builtin:course-api\nerrors: [{name: bad, status: 422, type: ${type}}]\nidempotency: {operations: {launchCourse: required}, missing: bad}`,
      { file: "t.yaml" },
    );
  const of = (type: string) => launch(0, { status: 422, body: { error: { type, message: "The title is too long." } } });
  expect((await tell([of("invalid_request")], typed("invalid_request"))).findings).toEqual([]);
  expect((await tell([of("idempotency_error")], typed("idempotency_error"))).findings).toEqual([
    "error idempotency/present-key-rejected rejected 1",
  ]);
});

describe("a replay without its mark", () => {
  const contract = contractWith("replay: same-response, inFlight: key-busy, replayHeader: Replayed");
  const unmarked = "warning idempotency/replay-unmarked unmarked 1";

  it("is told of what is stored, refusals too", async () => {
    expect((await tell([launch(0), makeExchange(), launch(1)], await contract)).findings).toEqual([unmarked]);
    const refused = failure(400, "title_required");
    expect((await tell([launch(0, refused), launch(1, refused)], await contract)).findings).toEqual([unmarked]);
    expect((await tell([launch(0), launch(1, { headers: { replayed: "true" } })], await contract)).findings).toEqual([]);
    expect(
      (await tell([launch(0), launch(1, { requestBody: { preset: "q" } })], await contractWith("replayHeader: Replayed"))).findings,
    ).toEqual(["warning idempotency/reuse-accepted accepted 1"]);
    expect(
      (await tell([launch(0, failure(422, "x")), launch(1, failure(422, "x"))], await contractWith("replayHeader: Replayed"))).findings,
    ).toEqual([]);
    const { findings, report } = await tell([launch(0), launch(1)], await contractWith("replay: same-response"));
    expect(findings).toEqual([]);
    expect(report.coverage.notObservable).toEqual([]);
  });

  it("is told on the later one, in whatever order they come, and whether or not it is kept", async () => {
    for (const order of [
      [launch(0, { entry: 5 }), launch(1, { entry: 6 })],
      [launch(1, { entry: 6 }), launch(0, { entry: 5 })],
    ]) {
      const { report } = await tell(order, await contract);
      expect(report.findings[0]?.samples).toEqual([
        expect.objectContaining({ entry: 6, place: { kind: "header", name: "Replayed" }, related: [{ capture: "test.har", entry: 5 }] }),
      ]);
    }
    const many = Array.from({ length: 12 }, (_, second) => launch(second));
    expect((await tell(many, await contract)).findings).toEqual(["warning idempotency/replay-unmarked unmarked 11"]);
  });

  it("is not told of another answer", async () => {
    const others: ExchangeParts[] = [
      { status: 200 },
      { body: { id: "c_1", state: "running" } },
      { headers: { location: "/runs/2" }, body: {} },
    ];
    const first = (parts: ExchangeParts) => launch(0, parts.headers ? { headers: { location: "/runs/1" }, body: {} } : {});
    for (const parts of others)
      expect((await tell([first(parts), launch(1, parts)], await contract)).findings.filter((each) => each.includes("unmarked"))).toEqual(
        [],
      );
  });

  it("cannot be known without bodies or headers", async () => {
    const reasons = async (first: ExchangeParts, second: ExchangeParts) => {
      const { findings, report } = await tell([launch(0, first), launch(1, second)], await contract);
      expect(findings).toEqual([]);
      return report.coverage.notObservable.flatMap(({ rule, reason }) => (rule.endsWith("unmarked") ? reason : []));
    };
    expect(await reasons({}, { bodyState: "not-captured" })).toEqual(["body not captured"]);
    expect(await reasons({ bodyState: "not-captured" }, {})).toEqual(["body not captured"]);
    const page = { requestHeaders: { "idempotency-key": "key-1", origin: "https://a.example" } };
    expect(await reasons({}, page)).toEqual(["response headers not captured"]);
    const bare = { body: '{"id":"c_1"}' };
    expect(await reasons(bare, bare)).toEqual(["response headers not captured"]);
    expect(await reasons({}, { ...page, headers: { replayed: "true" } })).toEqual([]);
    const other = { ...page, body: { id: "c_1", state: "running" } };
    const { report } = await tell([launch(0), launch(1, other)], await contract);
    expect(report.coverage.notObservable).toEqual([]);
  });
});

describe("what is left alone", () => {
  const without = { requestHeaders: { accept: "*/*" } };
  const page = (status: number): ExchangeParts => ({
    status,
    headers: { "content-type": "text/html" },
    body: "<html><hr><center>nginx</center></html>",
  });

  it("is every key where the contract does not speak of keys", async () => {
    const contract = await parseContract(
      "envelint: 1\ntitle: t\nextends: builtin:problem-details\noperations: {launchCourse: 'POST /v1/courses/{id}/launch'}",
      { file: "t.yaml" },
    );
    const exchanges = [
      launch(0),
      launch(1, without),
      launch(2, { body: { id: "c_2" } }),
      launch(3, { status: 400, body: { title: "No." } }),
    ];
    expect((await tell(exchanges, contract)).findings).toEqual([]);
  });

  it("is a refusal without its key where no row is promised for it", async () => {
    const exchanges = [launch(0, { ...without, ...failure(400, "bad") }), launch(1, failure(400, "idempotency_key_required"))];
    expect((await tell(exchanges, await withoutRow)).findings).toEqual([]);
  });

  it("is the answer of somebody in front of the API", async () => {
    for (const status of [400, 422, 500]) expect((await tell([launch(0, { ...without, ...page(status) })])).findings).toEqual([]);
    const contract = await parseContract(
      `envelint: 1
title: t
extends: builtin:course-api
errors: [{name: no-key, status: 428, type: invalid_request_error, code: no_key}]
idempotency: {operations: {launchCourse: required}, missing: no-key}`,
      { file: "t.yaml" },
    );
    expect((await tell([launch(0, page(428))], contract)).findings).toEqual([]);
    expect((await tell([launch(0, failure(428, "no_key"))], contract)).findings).toHaveLength(1);
  });

  it.each<[string, ExchangeParts]>([
    ["a provisional answer", { ...without, status: 103, body: null }],
    ["a request sent elsewhere", { ...without, status: 307, body: null, headers: { location: "/v1/runs/1" } }],
    ["a key of spaces", { requestHeaders: { "idempotency-key": " " }, ...failure(400, "idempotency_key_required") }],
  ])("is %s", async (_, parts) => {
    expect((await tell([launch(0, parts)])).findings).toEqual([]);
  });

  it("is a refusal where the capture shows no request headers", async () => {
    const bare = { requestHeaders: {}, requestBody: null };
    const { findings, report } = await tell([launch(0, { ...bare, ...failure(400, "bad") })]);
    expect(findings).toEqual([]);
    expect(report.coverage.notObservable).toMatchObject([{ reason: "idempotency key not captured", count: 1 }]);
    const kept = await tell([launch(0, { ...bare, ...failure(400, "idempotency_key_required") })]);
    expect(kept.report.coverage.notObservable).toEqual([]);
  });

  it("is a row that bad requests of other kinds may meet", async () => {
    const contract = (row: string) =>
      parseContract(
        `envelint: 1
title: t
extends: builtin:course-api
errors: [{name: bad, status: 422, ${row}}]
idempotency: {operations: {launchCourse: required}, missing: bad}`,
        { file: "t.yaml" },
      );
    const answer = launch(0, { status: 422, body: { error: { type: "key_error", message: "No.", param: "key" } } });
    expect((await tell([answer], await contract("type: {pattern: ^key}"))).findings).toEqual([]);
    expect((await tell([answer], await contract("type: {pattern: ^key}, param: key"))).findings).toHaveLength(1);
  });
});

describe("what a finding says", () => {
  const sample = async (exchanges: readonly Exchange[], contract = builtin) =>
    (await tell(exchanges, contract)).report.findings[0]?.samples[0];
  const without = { requestHeaders: { accept: "*/*" } };

  it("of a missing key", async () => {
    expect(await sample([launch(0, without)])).toMatchObject({ expected: "400 idempotency-key-required", found: "202" });
    expect(await sample([launch(0, without)], await withoutRow)).toMatchObject({ expected: "a refusal" });
    expect(await sample([launch(0, { ...without, ...failure(400, "bad") })])).toMatchObject({ found: "400 invalid-request" });
    expect(await sample([launch(0, { ...without, status: 422, body: { detail: [] } })])).toMatchObject({ found: "422" });
    expect((await tell([launch(0, { ...without, status: 500, body: { detail: "KeyError" } })])).findings).toEqual([
      "warning idempotency/missing-key-misanswered misanswered 1",
    ]);
  });

  it("of a replay with another body", async () => {
    const contract = await contractWith("replay: same-response");
    const text = (body: string) => ({ body, headers: { "content-type": "text/plain" } });
    expect(await sample([launch(0, text("a")), launch(1, text("b"))], contract)).toMatchObject({ found: "all of it differs" });
    expect(await sample([launch(0, text("a")), launch(1)], contract)).toMatchObject({ found: "all of it differs" });
    expect(await sample([launch(0), launch(1, { body: { id: "c_1", state: "x" } })], contract)).toMatchObject({ found: '"state" differs' });
  });
});

describe("an error that has an id of its own", () => {
  const error = (id: string, status = 400): ExchangeParts => {
    const parts = failure(status, "title_required");
    return { ...parts, body: { id, ...(parts.body as { detail: unknown }) } };
  };

  it("is a refusal, and no resource that was made", async () => {
    const contract = await contractWith("replay: same-response, inFlight: key-busy");
    expect((await tell([launch(0, error("e_1")), launch(1)])).findings).toEqual([]);
    expect((await tell([launch(0), launch(1, error("e_1"))])).findings).toEqual(["note idempotency/replay-differs refused 1"]);
    expect((await tell([launch(0, error("e_1")), launch(1)], contract)).findings).toEqual(["error idempotency/replay-differs status 1"]);
    expect((await tell([launch(0, error("e_1")), launch(1, error("e_1", 422))], contract)).findings).toEqual([
      "error idempotency/replay-differs status 1",
    ]);
  });

  it("is not what another account's request made", async () => {
    const [made, other] = [{ body: { id: "run_1" } }, { account: "bob", requestBody: { preset: "q" } }];
    expect((await tell([launch(0, error("run_1")), launch(1, { ...made, ...other })])).findings).toEqual([]);
    expect((await tell([launch(0, made), launch(1, { ...error("run_1"), ...other })])).findings).toEqual([]);
  });
});

describe("a key of another account", () => {
  const made = { body: { id: "run_1" } };
  const of = (second: number, account: Partial<Exchange>, parts: ExchangeParts = {}) => ({
    ...launch(second, { ...made, ...parts }),
    ...account,
  });
  const named = (name: string) => ({ account: { id: name, name } });

  it("leaks surely where the user named the two, even if they ask for the same", async () => {
    expect((await tell([of(0, named("alice")), of(1, named("bob"))])).findings).toEqual(["error idempotency/reuse-accepted leaked 1"]);
  });

  it("is not known where one has no credential to be seen, or a request's body is not captured", async () => {
    const [anonymous, other] = [{ account: undefined }, { requestBody: { preset: "q" } }];
    expect((await tell([of(0, anonymous), of(1, {}, other)])).findings).toEqual([]);
    expect((await tell([of(0, {}), of(1, anonymous, other)])).findings).toEqual([]);
    expect((await tell([launch(0, { requestBodyState: "not-captured" }), launch(1, other)])).findings).toEqual([]);
  });
});
