import { describe, expect, it } from "vitest";
import { rateLimit } from "../../rules/rate-limit/index.ts";
import { loadContract, parseContract } from "../../src/contract/load.ts";
import type { Exchange } from "../../src/model/exchange.ts";
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
