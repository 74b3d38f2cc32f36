import { describe, expect, it } from "vitest";
import { client } from "../../rules/client/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Contract } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const start = Date.UTC(2026, 0, 5, 12);
const at = (second: number) => start + second * 1000;

const extended = (yaml: string) =>
  parseContract(`envelint: 1\ntitle: t\nextends: builtin:course-api\nerrors: []\n${yaml}`, { file: "t.yaml" });

async function judge(id: string, exchanges: readonly Exchange[], contract: Contract = builtin) {
  const report = await judgeExchanges(
    exchanges,
    contract,
    client.filter((rule) => rule.id === `client/${id}`),
  );
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  return report;
}

/** `note entry,entry`, for each finding. */
async function tell(id: string, exchanges: readonly Exchange[], contract: Contract = builtin): Promise<string[]> {
  const { findings } = await judge(id, exchanges, contract);
  return findings.map(({ note, samples }) => `${note} ${samples.map(({ entry }) => entry).sort((a, b) => a - b)}`).sort();
}

/** Numbered, a second apart, of alice's. */
const inTurn = (all: readonly ExchangeParts[]) =>
  all.map((parts, entry) => makeExchange({ entry, at: at(entry), account: "alice", ...parts }));

const random = "2f0c9a34-8f4e-4a53-9d6b-0d7f3f6c1f11";
const launch = (key: string | undefined, course = "crs_a", parts: ExchangeParts = {}): ExchangeParts => ({
  method: "POST",
  url: `/v1/courses/${course}/launch`,
  status: 202,
  ...parts,
  requestHeaders: { "user-agent": "kit", ...(key !== undefined && { "Idempotency-Key": key }), ...parts.requestHeaders },
});
const answered = makeExchange({ entry: 99, at: at(-5), status: 404, body: {} });

describe("client/key-missing", () => {
  it("is silent where no key is required, and where the contract does not speak of keys", async () => {
    const optional = await extended("idempotency: { operations: { launchCourse: optional } }");
    const other = await parseContract("envelint: 1\ntitle: t\nerrors: [{ name: gone, status: 410 }]", { file: "t.yaml" });
    for (const contract of [optional, other]) expect(await tell("key-missing", inTurn([launch(undefined)]), contract)).toEqual([]);
  });

  it("does not know of a key in a body that was not captured", async () => {
    const contract = await extended("idempotency: { key: { pointer: /key }, operations: { launchCourse: required } }");
    const report = await judge(
      "key-missing",
      inTurn([
        launch(undefined, "crs_a", { requestBodyState: "not-captured" }),
        launch(undefined, "crs_b", { requestBody: { key: random } }),
        launch(undefined, "crs_c", { requestBody: { note: "none" } }),
      ]),
      contract,
    );
    expect(report.findings.flatMap(({ samples }) => samples.map(({ entry, place }) => [entry, place]))).toEqual([
      [2, { kind: "body", pointer: "/key", of: "request" }],
    ]);
    expect(report.coverage.notObservable).toMatchObject([{ rule: "client/key-missing", count: 1, reason: "idempotency key not captured" }]);
  });

  it("names the row that would refuse it, where there is one", async () => {
    const row = async (contract: Contract) => (await judge("key-missing", inTurn([launch("  ")]), contract)).findings[0]?.row;
    expect(await row(builtin)).toBe("idempotency-key-required");
    expect(await row(await extended("idempotency: { operations: { launchCourse: required } }"))).toBe(null);
  });
});

describe("client/key-reused", () => {
  const pair = (first: ExchangeParts, second: ExchangeParts = {}) => [
    answered,
    ...inTurn([launch(random, "crs_a", first), launch(random, "crs_b", second)]),
  ];

  it.each([200, 202, 303, 500, 502, 503, 0])("a first answer of %i may have been a deed", async (status) => {
    expect(await tell("key-reused", pair({ status }))).toEqual(["reused 1"]);
  });

  it.each([300, 301, 302, 307, 308, 400, 401, 404, 409, 422, 429])("a first answer of %i was none", async (status) => {
    expect(await tell("key-reused", pair({ status }))).toEqual([]);
  });

  it.each([0, 202, 409, 500])("whatever the second is answered: %i", async (status) => {
    expect(await tell("key-reused", pair({}, { status }))).toEqual(["reused 1"]);
  });

  it("the server's word that the key is another's weighs more than its first refusal", async () => {
    const contract = await parseContract(
      `envelint: 1
title: t
extends: builtin:course-api
errors: [{ name: key-reused, status: 422, type: invalid_request_error, code: key_reused }]
idempotency: { operations: { launchCourse: required }, reuse: key-reused }`,
      { file: "t.yaml" },
    );
    const refusal = (code: string) => ({
      status: 422,
      body: { detail: { error: { type: "invalid_request_error", code, message: "No." } } },
    });
    expect(await tell("key-reused", pair({ status: 400 }, refusal("key_reused")), contract)).toEqual(["reused 1"]);
    expect(await tell("key-reused", pair({ status: 400 }, refusal("something_else")), contract)).toEqual([]);
    expect(await tell("key-reused", pair({ status: 400 }, { ...refusal("already_launched"), status: 409 }), contract)).toEqual([]);
  });

  it("a key belongs to one account at one server, and to one operation", async () => {
    const contract = await extended(
      "operations: { create: POST /v1/courses }\nidempotency: { operations: { launchCourse: required, create: optional } }",
    );
    expect(await tell("key-reused", pair({}, { account: "bob" }))).toEqual([]);
    expect(await tell("key-reused", pair({}, { url: "https://other.example.com/v1/courses/crs_b/launch" }))).toEqual([]);
    expect(await tell("key-reused", pair({}, { url: "/v1/courses" }), contract)).toEqual([]);
    expect(await tell("key-reused", pair({ url: "/v1/courses?a=1" }, { url: "/v1/courses?a=2" }), contract)).toEqual(["reused 1"]);
    expect(await tell("key-reused", pair({ url: "/v1/courses?a=1" }, { url: "/v1/courses?a=2" }))).toEqual([]);
  });

  it("where the account is not known, one timeline is one client's", async () => {
    const unknown = (timeline: string, course: string, entry: number) => {
      const { account: _, ...parts } = { account: undefined, ...launch(random, course) };
      return makeExchange({ entry, at: at(entry), timeline, ...parts });
    };
    expect(await tell("key-reused", [unknown("a", "crs_a", 0), unknown("a", "crs_b", 1)])).toEqual(["reused 1"]);
    expect(await tell("key-reused", [unknown("a", "crs_a", 0), unknown("b", "crs_b", 1)])).toEqual([]);
  });

  it("no key and an empty key are no key", async () => {
    expect(await tell("key-reused", inTurn([launch(" ", "crs_a"), launch(" ", "crs_b")]))).toEqual([]);
    expect(await tell("key-reused", inTurn([launch(undefined, "crs_a"), launch(undefined, "crs_b")]))).toEqual([]);
  });

  it("the order of the entries is not that of the requests", async () => {
    const [, first, second] = pair({});
    expect(await tell("key-reused", [second, first] as Exchange[])).toEqual(["reused 1"]);
    const report = await judge("key-reused", [second, first] as Exchange[]);
    expect(report.findings[0]?.samples[0]?.related).toEqual([{ capture: "test.har", entry: 0 }]);
  });

  it("the clock says more than the place in the capture", async () => {
    const [first, second] = [pair({ at: at(7), entry: 8 })[1], pair({}, { at: at(7) + 1, entry: 3 })[2]];
    expect(await tell("key-reused", [first, second] as Exchange[])).toEqual(["reused 3"]);
    expect(await tell("key-reused", [second, first] as Exchange[])).toEqual(["reused 3"]);
  });

  it("without times, or at the same time, the order of one capture counts", async () => {
    const untimed = (capture: string): ExchangeParts => ({ at: null, capture });
    expect(await tell("key-reused", pair({ at: null }, { at: null }))).toEqual(["reused 1"]);
    expect(await tell("key-reused", pair({ at: at(7) }, { at: at(7) }))).toEqual(["reused 1"]);
    expect(await tell("key-reused", pair(untimed("a.har"), untimed("b.har")))).toEqual([]);
    expect(await tell("key-reused", pair({ at: at(7), capture: "a.har" }, { at: at(7), capture: "b.har" }))).toEqual([]);
  });

  it("a key is free again when it is forgotten", async () => {
    const contract = await extended("idempotency: { operations: { launchCourse: required }, retention: PT1H }");
    expect(await tell("key-reused", pair({}, { at: at(3_600) }), contract)).toEqual(["reused 1"]);
    expect(await tell("key-reused", pair({}, { at: at(3_601) }), contract)).toEqual([]);
    expect(await tell("key-reused", pair({}, { at: at(24 * 3_600) }))).toEqual(["reused 1"]);
    expect(await tell("key-reused", pair({}, { at: at(24 * 3_600) + 1 }))).toEqual([]);
  });

  it("each request is told once, and the first one never", async () => {
    const turns = ["crs_a", "crs_b", "crs_a", "crs_b", "crs_c"].map((course) => launch(random, course));
    expect(await tell("key-reused", inTurn(turns))).toEqual(["reused 1,4"]);
  });

  it("a retry that is done at last holds the key from its first attempt on", async () => {
    const turns = [launch(random, "crs_a", { status: 429 }), launch(random, "crs_b", { status: 409 }), launch(random, "crs_a")];
    expect(await tell("key-reused", inTurn(turns))).toEqual(["reused 1"]);
  });

  it("of one key eight requests are kept, and all others are held against them", async () => {
    const turns = Array.from({ length: 12 }, (_, index) => launch(random, `crs_${index}`));
    expect(await tell("key-reused", inTurn([...turns, ...turns.slice(0, 9)]))).toEqual(["reused 1,2,3,4,5,6,7,8,9,10,11,20"]);
  });

  it("a request that is repeated takes one place of the eight", async () => {
    const turns = [...new Array(9).fill(launch(random)), launch(random, "crs_b"), launch(random, "crs_b")];
    expect(await tell("key-reused", inTurn(turns))).toEqual(["reused 9"]);
  });

  it("says whether the path or the rest is different", async () => {
    const message = async (second: ExchangeParts) => (await judge("key-reused", pair({}, second))).findings[0]?.message;
    expect(await message({})).toBe("The key of one request was sent with another: its path is different.");
    expect(await message({ url: "/v1/courses/crs_a/launch?now=1" })).toBe(
      "The key of one request was sent with another: its query or body is different.",
    );
  });

  it("counts a body that was not captured, once its key is known", async () => {
    const dark = { requestBodyState: "not-captured" } as const;
    const report = await judge("key-reused", pair({}, dark));
    expect(report.findings).toEqual([]);
    expect(report.coverage.notObservable).toMatchObject([{ rule: "client/key-reused", count: 1, reason: "request body not captured" }]);
    expect((await judge("key-reused", pair(dark, dark))).coverage.notObservable).toEqual([]);
  });
});

describe("client/key-weak", () => {
  const launchEach = (keys: readonly string[], parts: ExchangeParts = {}) =>
    inTurn(keys.map((key, index) => launch(key, `crs_${"abcdefghijklmnop"[index]}`, parts)));

  it.each<[string, readonly string[], string[]]>([
    ["a number alone", ["1", "2", "3"], ["counter 1"]],
    ["a word and a number", ["launch-request-00017", "launch-request-00018"], ["counter 1"]],
    ["in whatever order", ["launch-request-00001", "launch-request-00150", "launch-request-00080"], ["counter 1"]],
    ["keys of others between", ["launch-request-00017", "launch-request-00117"], ["counter 1"]],
    ["too many between", ["launch-request-00017", "launch-request-00118"], []],
    ["going down", ["launch-request-00018", "launch-request-00017"], ["counter 1"]],
    ["a number among others that stay", ["eu-1-launch-00017-of-3", "eu-1-launch-00018-of-3"], ["counter 1"]],
    ["two numbers that change", ["eu-1-launch-00017-now", "eu-2-launch-00018-now"], []],
    ["four numbers", ["1-2-3-launch-0000017", "1-2-3-launch-0000018"], []],
    ["quoted, as a structured field", ['"launch-request-00017"', '"launch-request-00018"'], ["counter 1"]],
    ["more than 64 characters", [`${"launch-".repeat(9)}17`, `${"launch-".repeat(9)}18`], []],
    ["64 characters", [`${"launch-".repeat(8)}zzz00017`, `${"launch-".repeat(8)}zzz00018`], ["counter 1"]],
    ["the same number written twice", ["launch-request-0017", "launch-request-17"], []],
    ["seconds", ["launch-at-1767614400", "launch-at-1767614401"], ["timestamp 1"]],
    ["milliseconds", ["1767614400123", "1767614401456"], ["timestamp 1"]],
    ["nanoseconds", ["1767614400123456789", "1767614401456789123"], ["timestamp 1"]],
    ["a date and time", ["launch 2026-01-05T12:00:00.123Z", "launch 2026-01-05T12:00:01.456Z"], ["timestamp 1"]],
    ["a date and time in one", ["launch20260105120000", "launch20260105120001"], ["timestamp 1"]],
    ["a day off", ["launch-20260106120000", "launch-20260106120001"], ["timestamp 1"]],
    ["the numbers of another year", ["launch-at-1467614400", "launch-at-1867614401"], []],
    ["a time and chance", ["1767614400123-9Qm3vT0x", "1767614401456-k9LrWz2u"], []],
    ["the day's date", ["launches-of-2026-01-05", "launches-of-2026-01-06"], []],
    ["a date long ago is a number like another", ["launches-of-2019-01-05", "launches-of-2019-01-06"], ["counter 1"]],
    ["short", ["x7Qp2abcdefghij", "Lm9Kw04bcdefghi"], ["short 1"]],
    ["short but for quotes that are part of it", ['"abcdefghijklmn"x', 'x"abcdefghijklmn"'], []],
    ["short within its quotes", ['"abcdefghijklmn"', '"bcdefghijklmno"'], ["short 1"]],
    ["long enough", ["x7Qp2abcdefghijk", "Lm9Kw04bcdefghij"], []],
    ["one short key", ["x7Qp2", random], []],
    ["short, and one that is a time", ["1767614400", "x7Qp2"], ["short 1"]],
    ["short and a counter: told once", ["a1", "a2"], ["counter 1"]],
    ["short, and one of a counter", ["a1", "a2", "zzz"], ["counter 1"]],
    ["short, and a counter beside", ["a1", "a2", "zzz", "yyy"], ["counter 1", "short 1"]],
    ["no numbers", ["a-launch-of-alices-course", "a-launch-of-bobs-course"], []],
  ])("%s", async (_, keys, told) => {
    expect(await tell("key-weak", launchEach(keys))).toEqual(told);
  });

  it("says how short the shortest is", async () => {
    const { findings } = await judge("key-weak", launchEach(["abcdefgh", "abc", "abcdef"]));
    expect(findings[0]?.message).toBe("The idempotency keys are short: 3 characters, where 16 should be the least.");
    expect(JSON.stringify(findings.map(({ message, samples }) => [message, samples[0]?.found]))).not.toContain("abc");
  });

  it("knows a key that is made of what is asked for", async () => {
    const keys = ["launch-of-course-00017", "launch-of-course-00018"];
    const asking = (parts: (number: string) => ExchangeParts) =>
      inTurn(keys.map((key, index) => launch(key, `crs_${"ab"[index]}`, parts(`000${17 + index}`))));
    expect(
      await tell(
        "key-weak",
        asking((number) => ({ url: `/v1/courses/crs${number}x/launch` })),
      ),
    ).toEqual([]);
    expect(
      await tell(
        "key-weak",
        asking((number) => ({ requestBody: { order: number } })),
      ),
    ).toEqual([]);
    expect(
      await tell(
        "key-weak",
        asking((number) => ({ url: `/v${number}/courses/crs_1/launch` })),
      ),
    ).toEqual(["counter 1"]);
    const short = inTurn(
      ["17", "18"].map((number) => launch(`launch-of-a-course-${number}`, "crs_a", { requestBody: { size: `x${number}` } })),
    );
    expect(await tell("key-weak", short)).toEqual(["counter 1"]);
  });

  it("a time is one only near the request's own, and where that is known", async () => {
    const keys = ["launch-at-1767614400", "launch-at-1767614800"];
    expect(await tell("key-weak", launchEach(keys, { at: at(24 * 3_600) }))).toEqual(["timestamp 1"]);
    expect(await tell("key-weak", launchEach(keys, { at: at(24 * 3_600 + 0.001) }))).toEqual([]);
    expect(await tell("key-weak", launchEach(keys, { at: null }))).toEqual([]);
  });

  it("accounts have habits of their own", async () => {
    const [first, second] = ["launch-request-00017", "launch-request-00018"].map((key) => launch(key));
    expect(await tell("key-weak", inTurn([{ ...first }, { ...second, account: "bob" }]))).toEqual([]);
  });

  it("requests without a key say nothing", async () => {
    expect(await tell("key-weak", inTurn([launch(undefined), launch(" "), { url: "/v1/courses" }]))).toEqual([]);
  });

  it("a retry with its key is no second key", async () => {
    expect(await tell("key-weak", inTurn([launch("a1"), launch("a1"), launch("a1")]))).toEqual([]);
  });

  it("of a series 32 keys are kept", async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `launch-request-${String(index + (index === 39 ? 500 : 0)).padStart(5, "0")}`);
    const exchanges = inTurn(keys.map((key, index) => launch(key, `crs_x${"a".repeat(index)}`)));
    expect(await tell("key-weak", exchanges)).toEqual(["counter 1"]);
  });

  describe("always the same key", () => {
    const same = (statuses: readonly number[], key: (index: number) => string = () => random) =>
      inTurn(statuses.map((status, index) => launch(key(index), `crs_${"abcdef"[index]}`, { status })));

    it.each<[string, readonly number[], string[]]>([
      ["for three requests", [202, 202, 202], ["constant 1"]],
      ["for two", [202, 202], []],
      ["that the server refuses, since it was used", [202, 409, 409], ["constant 1"]],
      ["for a request that was repaired twice", [400, 400, 202], []],
      ["for one that was repaired, and two others", [400, 202, 409, 409], ["constant 2"]],
      ["none of which was done", [400, 400, 400, 400], []],
    ])("%s", async (_, statuses, told) => {
      expect(await tell("key-weak", same(statuses))).toEqual(told);
    });

    it("but once is not always", async () => {
      expect(
        await tell(
          "key-weak",
          same([202, 202, 202, 202], (index) => (index === 3 ? `${random}x` : random)),
        ),
      ).toEqual([]);
    });

    it("for one request, again and again", async () => {
      expect(await tell("key-weak", inTurn([launch(random), launch(random), launch(random), launch(random)]))).toEqual([]);
    });

    it("in whatever order the entries stand", async () => {
      expect(await tell("key-weak", same([400, 202, 409]).reverse())).toEqual([]);
      expect(await tell("key-weak", same([202, 409, 409]).reverse())).toEqual(["constant 0"]);
      expect(await tell("key-weak", same([202, 202, 202]).reverse())).toEqual(["constant 1"]);
    });

    it("bodies that were not captured may be the same", async () => {
      const [first, second] = ["crs_a", "crs_b"].map((course) => launch(random, course));
      const dark = launch(random, "crs_c", { requestBodyState: "not-captured" });
      expect(await tell("key-weak", inTurn([{ ...first }, { ...second }, dark]))).toEqual([]);
      expect(await tell("key-weak", inTurn(new Array(4).fill(launch(random, "crs_a", { requestBodyState: "not-captured" }))))).toEqual([]);
    });
  });

  it("is silent where the contract does not speak of keys", async () => {
    const contract = await parseContract("envelint: 1\ntitle: t\nerrors: [{ name: gone, status: 410 }]", { file: "t.yaml" });
    expect(await tell("key-weak", launchEach(["1", "2", "3"]), contract)).toEqual([]);
    expect(await tell("key-reused", launchEach([random, random]), contract)).toEqual([]);
    expect(await tell("over-limit", launchEach(["1", "2", "3"]), contract)).toEqual([]);
  });
});

describe("client/over-limit", () => {
  const limit = (per: string) => extended(`rateLimit: { requests: 2, window: 10, per: ${per} }\nauthentication: { public: [health] }`);
  const sent = (seconds: readonly number[], parts: ExchangeParts = {}) =>
    seconds.map((second, entry) => makeExchange({ entry, at: at(second), account: "alice", ...parts }));

  it.each<[string, readonly number[], string[]]>([
    ["two in a window", [0, 9], []],
    ["a third when the first has left it", [0, 9, 10], []],
    ["a third within it", [0, 9, 9.999], ["exceeded 2"]],
    ["in another order", [9.999, 0, 9], ["exceeded 2"]],
    ["the middle one last", [0, 9.999, 5], ["exceeded 2"]],
    ["one window is told once", [0, 1, 2, 3, 4], ["exceeded 2,4"]],
    ["and another again", [0, 1, 2, 30, 31, 32], ["exceeded 2,5"]],
    ["far apart", [0, 20, 40, 60, 80], []],
  ])("%s", async (_, seconds, told) => {
    expect(await tell("over-limit", sent(seconds), await limit("account"))).toEqual(told);
  });

  it("counts what the contract counts together", async () => {
    const both = [...sent([0, 1], { account: "alice" }), ...sent([2, 3], { account: "bob" })];
    expect(await tell("over-limit", both, await limit("account"))).toEqual([]);
    expect(await tell("over-limit", both, await limit("server"))).toEqual(["exceeded 0"]);
    const routes = [...sent([0, 1]), ...sent([2], { url: "/v1/presets/p" })];
    expect(await tell("over-limit", routes, await limit("route"))).toEqual([]);
    expect(await tell("over-limit", routes, await limit("credential"))).toEqual(["exceeded 0"]);
    const runs = [...sent([0, 1]), ...sent([2], { timeline: "another run" })];
    expect(await tell("over-limit", runs, await limit("account"))).toEqual([]);
  });

  it("a request of an unknown time takes no place in the window", async () => {
    const [first, second, third] = [at(0), null, at(1)].map((when, entry) => makeExchange({ entry, at: when, account: "alice" }));
    const contract = await limit("account");
    expect(await tell("over-limit", [first, second, third] as Exchange[], contract)).toEqual([]);
    expect(await tell("over-limit", [second, first, third] as Exchange[], contract)).toEqual([]);
  });

  it("leaves out what is public, nobody's, or of an unknown time", async () => {
    const contract = await limit("account");
    expect(await tell("over-limit", sent([0, 1, 2], { url: "/v1/health" }), contract)).toEqual([]);
    expect(await tell("over-limit", sent([0, 1, 2], { at: null }), contract)).toEqual([]);
    const partly = [null, at(0), at(1)].map((when) => makeExchange({ at: when, account: "alice" }));
    for (const order of [partly, [...partly].reverse()]) expect(await tell("over-limit", order, contract)).toEqual([]);
    const nobodys = [0, 1, 2].map((second) => makeExchange({ at: at(second) }));
    expect(await tell("over-limit", nobodys, contract)).toEqual([]);
    const all = await extended(
      "rateLimit: { requests: 2, window: 10, per: server }\nauthentication: { credential: { header: Authorization } }",
    );
    expect(await tell("over-limit", sent([0, 1, 2], { url: "/v1/health" }), all)).toEqual(["exceeded 2"]);
  });

  it("forgets what is long past, and no more than that", async () => {
    const steady = Array.from({ length: 1_600 }, (_, index) => index * 5.001);
    expect(await tell("over-limit", sent([...steady, 8_000.1]), await limit("account"))).toEqual(["exceeded 1600"]);
  });

  it("says how many there were", async () => {
    const { findings } = await judge("over-limit", sent([0, 1, 2.5]), await limit("account"));
    expect(findings.map(({ severity, subject, samples }) => [severity, subject, samples[0]?.found])).toEqual([
      ["note", "client", "3 requests in 3 s"],
    ]);
  });
});

describe("client/credential-in-url", () => {
  const token = "9Qm3vT0xk9LrWz2uYpN6";
  const query = (text: string, parts: ExchangeParts = {}) => [makeExchange({ url: `/v1/courses?${text}`, ...parts })];

  it.each<[string, string[]]>([
    [`access_token=${token}`, ["named 0"]],
    [`a=1&accessToken=${token}`, ["named 0"]],
    [`api_key=${token}`, ["named 0"]],
    [`x-api-key=${token}`, ["named 0"]],
    [`client_secret=${token}`, ["named 0"]],
    [`jwt=${token}`, ["named 0"]],
    ["password=correct+horse+battery+staple", ["named 0"]],
    ["password=%3Chidden%3E", []],
    ["api_key=short1x", []],
    ["api_key=short1xy", ["named 0"]],
    [`their_access_token=${token}`, []],
    [`access_token_of=${token}`, []],
    [`token_type=${token}`, []],
    [`page_token=${token}`, []],
    [`access_token=9AIza${token}`, ["named 0"]],
    ["api_key=no/digit+here=", []],
    ["api_key=", []],
    ["api_key", []],
    ["=12345678901234567890", []],
    [["ghp_", token, "sD1fGhJ8aKcVeB4n"].join(""), []],
    [`api_key=${"%E0%A4%A"}${token}`, ["named 0"]],
    ["access_token=<token-of-yours-1>", []],
    ["secret=undefined", []],
    [`client_secret=pi_3Mq_secret_${token}`, []],
    [`key=AIza${token}${token.slice(0, 15)}`, []],
    [`next_page_token=${token}&pageToken=${token}&continuation=${token}&csrf_token=${token}&id_token_hint=${token}`, []],
    [`token=${token}`, ["named 0"]],
    ["token=9Qm3vT0xk9LrWz2", []],
    ["token=9Qm3vT0xk9LrWz2u", ["named 0"]],
    ["token=correct+horse+battery+staple", []],
    ["token=12345678901234567890", []],
    [`access_token=${token}&refresh_token=${token}`, ["named 0", "named 0"]],
    [`ref=${["ghp_", token, "sD1fGhJ8aKcVeB4n"].join("")}`, ["shaped 0"]],
    [`ref=${["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJjcnNfNyJ9", token].join(".")}`, []],
    [`access_token=${token}&X-Amz-Signature=6f0c`, []],
    [`access_token=${token}&sig=6f0c`, []],
    [`access_token=${token}&design=6f0c`, ["named 0"]],
  ])("%s", async (text, told) => {
    expect(await tell("credential-in-url", query(text))).toEqual(told);
  });

  it("a token beside the request's credential is another's", async () => {
    expect(await tell("credential-in-url", query(`token=${token}`, { account: "alice" }))).toEqual([]);
    expect(await tell("credential-in-url", query(`access_token=${token}`, { account: "alice" }))).toEqual(["named 0"]);
  });

  it.each<[string, string, ExchangeParts["requestHeaders"], string[]]>([
    ["Authorization", token, { authorization: `Bearer ${token}` }, ["declared 0"]],
    ["Authorization, whole", `Bearer%20${token}`, { authorization: `Bearer ${token}` }, ["declared 0"]],
    ["a field of its own", token, { "x-api-key": token }, ["declared 0"]],
    ["a cookie", token, { cookie: `theme=dark; session=${token}; more=1` }, ["declared 0"]],
    ["another cookie", token, { cookie: `theme=${token}; mysession=${token}` }, []],
    ["a field that is no credential", token, { "x-request-id": token }, []],
    ["a value too short to tell", "1234567", { "x-api-key": "1234567" }, []],
  ])("the value of %s", async (_, value, requestHeaders, told) => {
    const contract = await extended(
      "authentication: { credential: [{ header: Authorization }, { header: X-API-Key }, { cookie: session }, { query: key }] }",
    );
    expect(
      await tell("credential-in-url", query(`k=${value}&X-Amz-Signature=1`, { requestHeaders: requestHeaders ?? {} }), contract),
    ).toEqual(told);
    expect(await tell("credential-in-url", query(`key=${value}`, { requestHeaders: requestHeaders ?? {} }), contract)).toEqual([]);
  });

  it("says whose value it is", async () => {
    const contract = await extended("authentication: { credential: [{ header: X-API-Key }, { cookie: session }] }");
    const message = async (requestHeaders: Record<string, string>) =>
      (await judge("credential-in-url", query(`k=${token}`, { requestHeaders }), contract)).findings[0]?.message;
    expect(await message({ "x-api-key": token })).toBe('The credential of header X-API-Key stands in the URL as well, as "k".');
    expect(await message({ cookie: `session=${token}` })).toBe('The credential of cookie session stands in the URL as well, as "k".');
  });

  it("is as the contract wants it, under that very name", async () => {
    const contract = await extended("authentication: { credential: { query: access_token } }");
    expect(await tell("credential-in-url", query(`access_token=${token}`), contract)).toEqual([]);
    expect(await tell("credential-in-url", query(`Access_Token=${token}`), contract)).toEqual(["named 0"]);
  });

  it("never shows the value", async () => {
    const known = ["ghp_", token, "sD1fGhJ8aKcVeB4n"].join("");
    const exchanges = [
      ...query(`access_token=${token}`),
      ...query(`k=${token}`, { requestHeaders: { authorization: `Bearer ${token}` } }),
      ...query(`ref=${known}`),
      ...query(`x-api-key=${token}`),
    ];
    const report = await judge("credential-in-url", exchanges);
    expect(report.findings).toHaveLength(4);
    const names =
      "access_token refresh_token id_token auth_token session_token accessToken client_secret secret private_key api_key apiKey api-key";
    const all = [...names.split(" "), "x-api-key", "x-apikey", "passwd", "password", "authorization", "jwt", "token"];
    const named = await judge(
      "credential-in-url",
      all.flatMap((name) => query(`${name}=${token}`)),
    );
    expect(named.findings.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
    for (const shown of [report, named]) expect(JSON.stringify(shown)).not.toContain(token);
  });

  it("looks at the URL of a request that got no answer", async () => {
    expect(await tell("credential-in-url", [answered, ...query(`access_token=${token}`, { status: 0 })])).toEqual(["named 0"]);
  });

  it("looks through 200 members", async () => {
    const many = (count: number) => `${"a=1&".repeat(count)}access_token=${token}`;
    expect(await tell("credential-in-url", query(many(199)))).toEqual(["named 0"]);
    expect(await tell("credential-in-url", query(many(200)))).toEqual([]);
  });
});

describe("what is told", () => {
  const token = "9Qm3vT0xk9LrWz2uYpN6";
  const header = { kind: "header", name: "Idempotency-Key", of: "request" };
  const least = "16 characters or more, drawn at random";
  it.each<[id: string, traffic: readonly ExchangeParts[], row: string | null, place: object, expected: string, found: string]>([
    ["key-missing", [launch(undefined)], "idempotency-key-required", header, "header Idempotency-Key", "absent"],
    ["key-missing", [launch("")], "idempotency-key-required", header, "header Idempotency-Key", "empty"],
    ["key-reused", [launch(random, "a"), launch(random, "b")], null, header, "a key of its own", "the key of another path"],
    [
      "key-reused",
      [launch(random), launch(random, "crs_a", { requestBody: { now: true } })],
      null,
      header,
      "a key of its own",
      "the key of another query or body",
    ],
    ["key-weak", [launch("1"), launch("2", "b")], null, header, least, "a counter; shortest: 1"],
    ["key-weak", [launch("1767614400"), launch("1767614401", "b")], null, header, least, "a time; shortest: 10"],
    ["key-weak", [launch("abc"), launch("abcd", "b")], null, header, least, "short; shortest: 3"],
    ["key-weak", ["a", "b", "c"].map((course) => launch(random, course)), null, header, least, "always the same; shortest: 36"],
    [
      "credential-in-url",
      [{ url: `/v1/courses?Access_Token=${token}` }],
      null,
      { kind: "url" },
      "no credential in the URL",
      'a value of "Access_Token"',
    ],
  ])("%s", async (id, traffic, row, place, expected, found) => {
    const { findings } = await judge(id, inTurn(traffic));
    expect(findings.map((finding) => [finding.subject, finding.row, finding.samples[0]])).toEqual([
      ["client", row, expect.objectContaining({ place, expected, found })],
    ]);
  });

  it("under each name on its own", async () => {
    const urls = [`access_token=${token}`, `Access_Token=${token}`, `api_key=${token}`];
    const { findings } = await judge("credential-in-url", inTurn(urls.map((query) => ({ url: `/v1/courses?${query}` }))));
    expect(findings.map(({ count }) => count)).toEqual([2, 1]);
  });
});
