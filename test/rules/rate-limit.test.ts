import { describe, expect, it } from "vitest";
import { rateLimit } from "../../rules/rate-limit/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { rateLimitScope } from "../../src/traffic/waits/rate-limit-scope.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const start = Date.UTC(2026, 0, 5, 12);

async function tell(exchanges: readonly Exchange[], contract = builtin) {
  const report = await judgeExchanges(exchanges, contract, rateLimit);
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  return { findings: report.findings.map(({ rule, note, severity, count }) => `${severity} ${rule} ${note} ${count}`), report };
}

const limited = (seconds: number, parts: ExchangeParts = {}) =>
  makeExchange({
    status: 429,
    account: "alice",
    headers: { "retry-after": String(seconds) },
    body: { detail: { error: { type: "rate_limit_error", code: `retry_after_${seconds}`, message: "Slow down." } } },
    ...parts,
  });
const at = (second: number) => start + second * 1000;

describe("one finding for one header", () => {
  it.each<[string, ExchangeParts, string[]]>([
    ["missing", { headers: {} }, ["error rate-limit/retry-after-missing missing 1"]],
    ["malformed and disagreeing", { headers: { "retry-after": "99s" } }, ["error rate-limit/retry-after-malformed malformed 1"]],
    ["disagreeing and out of range", { headers: { "retry-after": "0" } }, ["error rate-limit/retry-after-disagrees disagrees 1"]],
    [
      "a retired date where seconds are promised",
      { headers: { "retry-after": "Sunday, 06-Nov-94 08:49:37 GMT" } },
      ["error rate-limit/retry-after-malformed wrongForm 1"],
    ],
    ["as promised", {}, []],
    [
      "and no number that cannot be told apart",
      {
        headers: { "retry-after": "9".repeat(400) },
        body: { detail: { error: { type: "rate_limit_error", code: `retry_after_${"9".repeat(400)}`, message: "Slow down." } } },
      },
      ["warning rate-limit/retry-after-out-of-range beyondWindow 1"],
    ],
  ])("%s", async (_, parts, findings) => {
    expect((await tell([limited(10, parts)])).findings).toEqual(findings);
  });

  it("hides what a page's script cannot see, and says so", async () => {
    const { findings, report } = await tell([
      limited(10, { headers: { "content-type": "application/json" }, requestHeaders: { origin: "https://a" } }),
    ]);
    expect(findings).toEqual([]);
    expect(report.coverage.notObservable).toMatchObject([{ rule: "rate-limit/retry-after-missing", count: 1 }]);
  });
});

describe("dates", () => {
  const contract = async () =>
    parseContract(
      `envelint: 1
title: t
envelopes: {api: {members: {type: /type, retryAfter: /retry}, required: [type]}}
errors:
  - {name: limited, status: 429, type: limited, retryAfter: {presence: required, equals: {member: retryAfter, tolerance: 0.5}}, retry: retry-after}
  - {name: gone, status: 410, type: gone, retryAfter: forbidden}
rateLimit: {requests: 5, window: 60, per: ip}`,
      { file: "t.yaml" },
    );
  const date = (second: number) => new Date(at(second)).toUTCString();
  const answer = (headers: Record<string, string>, retry: unknown = 10) =>
    makeExchange({ status: 429, headers, body: { type: "limited", retry }, at: at(0) });

  it.each<[string, Record<string, string>, unknown, string[]]>([
    ["a second is lost in rounding", { date: date(0), "retry-after": date(11) }, 10, []],
    ["two are not", { date: date(0), "retry-after": date(12) }, 10, ["error rate-limit/retry-after-disagrees disagrees 1"]],
    ["without Date nobody knows", { "retry-after": date(500) }, 10, []],
    ["a text of digits is a number", { "retry-after": "10" }, "10", []],
    ["a fraction within the tolerance", { "retry-after": "10" }, 9.7, []],
    ["a member that is no number is not compared", { "retry-after": "10" }, "soon", []],
    ["over already", { date: date(0), "retry-after": date(-30) }, null, ["warning rate-limit/retry-after-out-of-range past 1"]],
    ["now is a wait of a second at most", { date: date(0), "retry-after": date(0) }, null, []],
    [
      "longer than the window",
      { date: date(0), "retry-after": date(90) },
      null,
      ["warning rate-limit/retry-after-out-of-range beyondWindow 1"],
    ],
  ])("%s", async (_, headers, retry, findings) => {
    expect((await tell([answer(headers, retry)], await contract())).findings).toEqual(findings);
  });

  it("counts a date without a Date field as not observable", async () => {
    const { report } = await tell([answer({ "retry-after": date(10) })], await contract());
    expect(report.coverage.notObservable).toMatchObject([{ rule: "rate-limit/retry-after-disagrees", count: 1 }]);
  });

  it("tells a forbidden field once, whatever is in it", async () => {
    const gone = makeExchange({ status: 410, headers: { "retry-after": "soon" }, body: { type: "gone" } });
    expect((await tell([gone], await contract())).findings).toEqual(["warning rate-limit/retry-after-unexpected forbidden 1"]);
  });
});

describe("rate-limit/not-released", () => {
  const filler = (from: number, count: number, parts: ExchangeParts = {}) =>
    Array.from({ length: count }, (_, index) =>
      makeExchange({ account: "alice", at: at(from) + index * 50, took: 10, entry: 100 + index, ...parts }),
    );

  it("does not depend on the order of the entries", async () => {
    const exchanges = [limited(10, { at: at(0) }), ...filler(12, 5), limited(10, { at: at(20) })];
    for (const order of [exchanges, [...exchanges].reverse()])
      expect((await tell(order)).findings).toEqual(["warning rate-limit/not-released stillLimited 1"]);
  });

  it("is silent where the limit was used up in between, by requests that come late in the capture too", async () => {
    expect((await tell([limited(10, { at: at(0) }), limited(10, { at: at(20) }), ...filler(12, 60)])).findings).toEqual([]);
  });

  it("is silent over two captures, after a further window, and without an account", async () => {
    expect((await tell([limited(10, { at: at(0), capture: "a.har" }), limited(10, { at: at(20), capture: "b.har" })])).findings).toEqual(
      [],
    );
    expect((await tell([limited(10, { at: at(0) }), limited(10, { at: at(80) })])).findings).toEqual([]);
    const { account: _, ...anonymous } = limited(10, { at: at(0) });
    const { report } = await tell([{ ...anonymous, account: undefined }]);
    expect(report.coverage.notObservable).toMatchObject([{ rule: "rate-limit/not-released", reason: "account unknown", count: 1 }]);
  });
});

describe("rate-limit/not-enforced", () => {
  const burst = (count: number, parts: ExchangeParts = {}) =>
    Array.from({ length: count }, (_, index) => makeExchange({ account: "alice", at: at(0) + index * 100, entry: index, ...parts }));

  it("allows two windows' worth and one", async () => {
    expect((await tell(burst(121))).findings).toEqual([]);
    expect((await tell(burst(122))).findings).toEqual(["note rate-limit/not-enforced exceeded 1"]);
    expect((await tell(burst(122).reverse())).findings).toEqual(["note rate-limit/not-enforced exceeded 1"]);
  });

  it("tells a long burst once a window", async () => {
    expect((await tell(burst(2000))).findings).toEqual(["note rate-limit/not-enforced exceeded 16"]);
  });

  it("counts no request that did not reach the API", async () => {
    expect((await tell([...burst(121), ...burst(50, { status: 429 }), ...burst(50, { status: 503 })])).findings.join()).not.toContain(
      "not-enforced",
    );
  });
});

const contractOf = (text: string) => parseContract(`envelint: 1\ntitle: t\n${text}`, { file: "t.yaml" });
const limit = "rateLimit: {requests: 60, window: 60, per: account}";
const api = "envelopes: {api: {members: {code: /code, retryAfter: /retry}}}";
const reasons = ({ report }: Awaited<ReturnType<typeof tell>>) => report.coverage.notObservable.map(({ reason }) => reason);

describe("whom Retry-After is promised by", () => {
  const soon = (status: number) => makeExchange({ status, headers: { "retry-after": "soon" }, body: { code: "a" } });

  it.each(["retryAfter: required", "retryAfter: {form: seconds}", "retryAfter: {min: 1}", "retryAfter: {max: 5}", "retry: retry-after"])(
    "a row with %s",
    async (duty) => {
      const contract = await contractOf(`${api}\nerrors: [{name: a, status: 500, ${duty}}]`);
      expect((await tell([soon(500)], contract)).findings).toEqual(["error rate-limit/retry-after-malformed malformed 1"]);
    },
  );

  it("a row that names the wait elsewhere", async () => {
    const contract = await contractOf(`${api}\nerrors: [{name: a, status: 500, retryAfter: {equals: {member: retryAfter}}}]`);
    expect((await tell([soon(500)], contract)).findings).toEqual(["error rate-limit/retry-after-malformed malformed 1"]);
    const differs = makeExchange({ status: 500, headers: { "retry-after": "9" }, body: { code: "a", retry: 20 } });
    const { report } = await tell([differs], contract);
    expect(report.findings.map(({ message }) => message)).toEqual(["Retry-After says 9 s, but the body's retryAfter says 20 s."]);
    const listed = makeExchange({ status: 500, headers: { "retry-after": "9" }, body: { code: "a", retry: ["20"] } });
    expect((await tell([listed], contract)).findings).toEqual([]);
  });

  it("no other row", async () => {
    const contract = await contractOf(`${api}\nerrors: [{name: a, status: 500}]`);
    expect((await tell([soon(500)], contract)).findings).toEqual(["warning rate-limit/retry-after-malformed malformed 1"]);
    const dated = makeExchange({ status: 500, headers: { "retry-after": new Date(at(9)).toUTCString() }, body: { code: "a" } });
    expect(reasons(await tell([dated], contract))).toEqual([]);
    const early = makeExchange({ status: 500, headers: { "retry-after": "1", ratelimit: '"a";r=0;t=50' }, body: { code: "a" } });
    expect((await tell([early], contract)).findings).toEqual([]);
  });

  it("no gateway", async () => {
    const page = { "retry-after": "soon", "content-type": "text/html" };
    expect((await tell([makeExchange({ status: 429, headers: page, body: "<center>nginx</center>" })])).findings).toEqual([]);
  });

  it("names the only row that is left", async () => {
    const contract = await contractOf(
      `${api}\nerrors: [{name: a, status: 429, code: a, retryAfter: required}, {name: b, status: 410, code: b, retryAfter: forbidden}]`,
    );
    const open = { bodyState: "not-captured", headers: { "x-a": "b" } } as const;
    const { report } = await tell(
      [makeExchange({ status: 429, ...open }), makeExchange({ status: 410, ...open, headers: { "retry-after": "1" } })],
      contract,
    );
    expect(report.findings.map(({ note, row }) => [note, row]).sort()).toEqual([
      ["forbidden", "b"],
      ["missing", "a"],
    ]);
  });

  it("is a pointless field on an answer that is not to be retried", async () => {
    const exchange = makeExchange({
      status: 401,
      headers: { "retry-after": "1" },
      body: { error: { type: "authentication_error", message: "No." } },
    });
    expect((await tell([exchange])).findings).toEqual(["note rate-limit/retry-after-unexpected pointless 1"]);
  });
});

describe("the range of a wait", () => {
  const wait = (seconds: number, status = 429, fields = {}) =>
    makeExchange({ status, headers: { "retry-after": String(seconds), ...fields }, body: { code: "a" } });
  const within = (rows: string) => contractOf(`${api}\n${limit}\nerrors: [${rows}]`);

  it("is an error where the contract gives it", async () => {
    const contract = await within("{name: a, status: 429, retryAfter: {min: 5, max: 100}}");
    expect((await tell([wait(2)], contract)).findings).toEqual(["error rate-limit/retry-after-out-of-range below 1"]);
    expect((await tell([wait(101)], contract)).findings).toEqual(["error rate-limit/retry-after-out-of-range above 1"]);
    expect((await tell([wait(100)], contract)).findings).toEqual([]);
  });

  it("is the window of the one row that is the limit's", async () => {
    const one = "{name: a, status: 429, retryAfter: required}";
    expect((await tell([wait(500)], await within(one))).findings).toEqual(["warning rate-limit/retry-after-out-of-range beyondWindow 1"]);
    const down = "{name: down, status: 503, retry: retry-after}";
    expect((await tell([wait(500, 503)], await within(`${one}, ${down}`))).findings).toEqual([]);
    const quota = "{name: quota, status: 429, code: q, retry: retry-after}";
    expect((await tell([wait(500)], await within(`{name: a, status: 429, code: a, retryAfter: required}, ${quota}`))).findings).toEqual([]);
  });

  it("is not held against a policy that says no time", async () => {
    const contract = await within("{name: a, status: 429, retryAfter: required}");
    expect((await tell([wait(1, 429, { ratelimit: '"a";r=0;t=50' })], contract)).findings).toEqual([
      "warning rate-limit/retry-after-disagrees beforeReset 1",
    ]);
    expect((await tell([wait(1, 429, { ratelimit: '"a";r=0;t=50, "b";r=0' })], contract)).findings).toEqual([]);
  });
});

describe("what a contract without a rate limit says nothing of", () => {
  it("is the limit's fields, its window and its release", async () => {
    const contract = await contractOf(`${api}\nerrors: [{name: a, status: 429, retry: retry-after}]`);
    const judged = await tell(
      [makeExchange({ status: 429, headers: { "retry-after": "1", RateLimit: "?" }, body: { code: "a" } })],
      contract,
    );
    expect([judged.findings, reasons(judged)]).toEqual([[], []]);
  });
});

describe("rate-limit/not-released is silent", () => {
  const later = (parts: ExchangeParts) => [0, 20].map((second) => limited(10, { at: at(second), ...parts }));

  it.each<[string, Exchange[]]>([
    ["where the row is not known", later({ bodyState: "not-captured" })],
    ["after a failure of the server", later({ status: 500, body: { error: { type: "server_error", message: "It failed." } } })],
    ["where the end of the second is not known", [limited(10, { at: at(0) }), limited(10, { at: at(20), took: null })]],
  ])("%s", async (_, exchanges) => {
    expect((await tell(exchanges)).findings.join()).not.toContain("not-released");
  });

  it("where the wait cannot be relied on", async () => {
    const body = { detail: { error: { type: "rate_limit_error", code: "retry_after_5", message: "Slow down." } } };
    expect((await tell(later({ body }))).findings).toEqual(["error rate-limit/retry-after-disagrees disagrees 2"]);
  });

  it("between two rows", async () => {
    const contract = await contractOf(
      `${api}\n${limit}\nerrors: [{name: a, status: 429, code: a, retry: retry-after}, {name: b, status: 429, code: b, retry: retry-after}]`,
    );
    const of = (first: string, second: string) => [first, second].map((code, index) => limited(10, { at: at(20 * index), body: { code } }));
    expect((await tell(of("a", "b"), contract)).findings).toEqual([]);
    expect((await tell(of("a", "a"), contract)).findings).toEqual(["warning rate-limit/not-released stillLimited 1"]);
  });

  it("but tells what it could not know, of limited answers only", async () => {
    expect(reasons(await tell([limited(10, { at: null })]))).toEqual(["time unknown"]);
    expect(reasons(await tell([makeExchange({ account: "alice", at: null }), makeExchange({})]))).toEqual([]);
  });

  it("but not for requests before the first and after the second", async () => {
    const around = [-50, 65].flatMap((second) =>
      Array.from({ length: 61 }, (_, index) => makeExchange({ account: "alice", at: at(second) + index * 50, took: 10 })),
    );
    const { findings } = await tell([...around, ...later({})]);
    expect(findings).toEqual(["warning rate-limit/not-released stillLimited 1"]);
  });
});

describe("rate-limit/not-enforced counts none", () => {
  const burst = (parts: ExchangeParts) =>
    Array.from({ length: 122 }, (_, index) => makeExchange({ account: "alice", at: at(0) + index * 100, ...parts }));

  it.each<[string, ExchangeParts]>([
    ["that failed", { status: 500, body: { error: { type: "server_error", message: "It failed." } } }],
    ["that was not let in", { status: 401, body: { error: { type: "authentication_error", message: "No." } } }],
    ["that a gateway answered", { status: 404, headers: { "content-type": "text/html" }, body: "<center>nginx</center>" }],
    ["of an unknown account", { account: undefined as never }],
    ["of an unknown time", { at: null }],
  ])("%s", async (_, parts) => {
    expect((await tell(burst(parts))).findings.join()).not.toContain("not-enforced");
  });
});

it("counts requests of an unknown account with nobody's", () => {
  expect(rateLimitScope(builtin, makeExchange({}))).toBeUndefined();
});
