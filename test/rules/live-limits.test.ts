import { describe, expect, it } from "vitest";
import { rateLimit } from "../../rules/rate-limit/index.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const contractOf = (limit: string, more = "") =>
  parseContract(`envelint: 1\ntitle: t\nextends: builtin:course-api\nerrors: [${more}]\n${limit}`, { file: "t.yaml" });
const perAccount = contractOf("rateLimit: { requests: 3, window: 60, per: account }");
const perRoute = contractOf("rateLimit: { requests: 3, window: 60, per: route }");
const perServer = contractOf("rateLimit: { requests: 3, window: 60, per: server }");

const start = Date.UTC(2026, 0, 5, 12);
let entry = 0;
const asked = (second: number, account: string | undefined, url: string, parts: ExchangeParts = {}): Exchange =>
  makeExchange({
    entry: entry++,
    at: start + second * 1000,
    url,
    probe: { id: "rate/burst", live: true },
    ...(account !== undefined && { account }),
    ...parts,
  });
const limited = (second: number, account: string, url: string, wait: number, parts: ExchangeParts = {}) =>
  asked(second, account, url, {
    status: 429,
    headers: { "retry-after": String(wait) },
    body: { detail: { error: { type: "rate_limit_error", code: `retry_after_${wait}`, message: "Slow down." } } },
    ...parts,
  });
const [course, preset] = ["/v1/courses/c_1", "/v1/presets/p_1"];
const notFound: ExchangeParts = {
  status: 404,
  body: { detail: { error: { type: "not_found_error", code: "preset_not_found", message: "No." } } },
};
const passive = { probe: { id: "x", live: false } } as const;

async function tell(exchanges: readonly Exchange[], contract = perAccount) {
  const report = await judgeExchanges(exchanges, await contract, rateLimit);
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  return report.findings.map(({ rule, note, severity, count }) => `${severity} ${rule.replace("rate-limit/", "")} ${note} ${count}`);
}

describe("an operation that is served while its account is limited", () => {
  const apart = ["warning wrong-scope apart 1"];
  const around = (...between: Exchange[]) => [limited(0, "alice", course, 60), ...between, limited(5, "alice", course, 55)];

  it.each<[string, () => Exchange[], string[]]>([
    ["is told, once for each", () => around(asked(1, "alice", preset), asked(2, "alice", preset)), ["warning wrong-scope apart 2"]],
    [
      "but once in all, however often the first is turned away",
      () => [...around(asked(1, "alice", preset)), limited(6, "alice", course, 54)],
      apart,
    ],
    ["also with a refusal of its own", () => around(asked(1, "alice", preset, notFound)), apart],
    // In a burst one that is served may stand behind the first that is not, and have begun with it.
    [
      "also after a burst in which the first was served once more",
      () => around(asked(0, "alice", course), asked(1, "alice", preset)),
      apart,
    ],
    ["not where the first was never turned away again", () => [limited(0, "alice", course, 60), asked(1, "alice", preset)], []],
    ["not where the first was served too", () => around(asked(1, "alice", preset), asked(2, "alice", course)), []],
    [
      "not where a third was turned away afterwards",
      () => [limited(0, "alice", course, 60), asked(1, "alice", preset), limited(2, "alice", "/v1/lessons", 58)],
      [],
    ],
    [
      "not where it came before, and stands in the recording after",
      () => [limited(0, "alice", course, 60), asked(-1, "alice", preset), limited(5, "alice", course, 55)],
      [],
    ],
    ["not where it was turned away too", () => around(limited(1, "alice", preset, 59)), []],
    ["not where it was answered before the limit", () => around(asked(1, "alice", preset, { status: 401 })), []],
    ["not where it came before", () => [asked(-1, "alice", preset), ...around()], []],
    [
      "not when the limit is about to end",
      () => [limited(0, "alice", course, 2), asked(1.2, "alice", preset), limited(1.5, "alice", course, 1)],
      [],
    ],
    [
      "not where the second refusal is of another limit",
      () => [limited(0, "alice", course, 3), asked(1, "alice", preset), limited(4, "alice", course, 60)],
      [],
    ],
    [
      "not where the wait cannot be relied on",
      () => [limited(0, "alice", course, 60, { headers: {} }), asked(1, "alice", preset), limited(5, "alice", course, 55)],
      ["error retry-after-missing missing 1"],
    ],
    ["not of a client's own traffic", () => around(asked(1, "alice", preset, passive)), []],
    ["not where the account is not known", () => around(asked(1, undefined, preset)), []],
    [
      "not where the time is not known",
      () => around(asked(1, "alice", preset, { at: null }), asked(1, "alice", preset, { took: null })),
      [],
    ],
    ["not of an operation for everybody", () => around(asked(1, "alice", "/v1/health")), []],
    ["not of somebody else", () => around(asked(1, "bob", course)), []],
    ["not of another server", () => around(asked(1, "alice", "https://b.example.com/v1/presets/p_1")), []],
  ])("%s", async (_, exchanges, findings) => {
    expect(await tell(exchanges())).toEqual(findings);
  });

  it("is as it should be where each has a limit of its own", async () => {
    expect(await tell(around(asked(1, "alice", preset)), perRoute)).toEqual([]);
  });

  it("and so is another account, where all have one limit", async () => {
    expect(await tell(around(asked(1, "bob", course)), perServer)).toEqual(apart);
  });
});

describe("an account that is turned away while another is limited", () => {
  const shared = ["warning wrong-scope shared 1"];
  const bobs = (...seconds: number[]) => seconds.map((second) => asked(second, "bob", course));

  it.each<[string, () => Exchange[], string[]]>([
    ["is told", () => [limited(0, "alice", course, 60), limited(1, "bob", course, 60)], shared],
    [
      "also after a few requests of its own",
      () => [...bobs(-3, -2), limited(0, "alice", course, 60), limited(1, "bob", course, 60)],
      shared,
    ],
    [
      "also after as many, some of them long ago",
      () => [...bobs(-100, -3, -2), limited(0, "alice", course, 60), limited(1, "bob", course, 60)],
      shared,
    ],
    ["not after as many as it may", () => [...bobs(-3, -2, -1), limited(0, "alice", course, 60), limited(1, "bob", course, 60)], []],
    [
      "also before as many as it may, that stand in the recording before",
      () => [limited(0, "alice", course, 60), ...bobs(2, 3, 4), limited(1, "bob", course, 60)],
      shared,
    ],
    ["not once the other's limit has ended", () => [limited(0, "alice", course, 5), limited(6, "bob", course, 60)], []],
    ["not before the other's began", () => [limited(2, "alice", course, 60), limited(1, "bob", course, 60)], []],
    ["not on another server", () => [limited(0, "alice", course, 60), limited(1, "bob", "https://b.example.com/v1/courses/c_1", 60)], []],
    ["not of a client's own traffic", () => [limited(0, "alice", course, 60), limited(1, "bob", course, 60, passive)], []],
  ])("%s", async (_, exchanges, findings) => {
    expect(await tell(exchanges())).toEqual(findings);
  });

  it("and an operation, where each has a limit of its own", async () => {
    expect(await tell([limited(0, "alice", course, 60), limited(1, "alice", preset, 60)], perRoute)).toEqual(shared);
    expect(await tell([limited(0, "alice", course, 60), limited(1, "alice", preset, 60)])).toEqual([]);
  });
});

describe("a retry that comes too early", () => {
  const postponed = ["note release-postponed penalised 1"];
  const other = contractOf(
    "rateLimit: { requests: 3, window: 60, per: account }",
    "{ name: busy, status: 429, type: rate_limit_error, code: busy, retryAfter: required }",
  );
  const busy = (second: number, wait: number) =>
    limited(second, "alice", course, wait, { body: { detail: { error: { type: "rate_limit_error", code: "busy", message: "Busy." } } } });

  it.each<[string, () => Exchange[], string[]]>([
    ["moves the end", () => [limited(0, "alice", course, 30), limited(10, "alice", course, 30)], postponed],
    ["by a second at least", () => [limited(0, "alice", course, 30), limited(10, "alice", course, 21, { at: start + 10_050 })], postponed],
    ["not by what rounding makes", () => [limited(0, "alice", course, 30), limited(10, "alice", course, 21, { took: 2_000 })], []],
    ["nor of another account", () => [limited(0, "alice", course, 30), limited(10, "bob", course, 30)].slice(0, 1), []],
    [
      "nor where the two were under way at once",
      () => [limited(0, "alice", course, 30, { took: 5_000 }), limited(4, "alice", course, 60)],
      [],
    ],
    ["nor where the wait was over", () => [limited(0, "alice", course, 5), limited(5.5, "alice", course, 60)], []],
    [
      "nor where a request was served meanwhile",
      () => [limited(0, "alice", course, 30), asked(5, "alice", course), limited(10, "alice", course, 60)],
      [],
    ],
    [
      "nor where the wait cannot be read",
      () => [limited(0, "alice", course, 30), limited(10, "alice", course, 30, { headers: { "retry-after": "soon" } })],
      ["error retry-after-malformed malformed 1"],
    ],
    ["nor of a client's own traffic", () => [limited(0, "alice", course, 30, passive), limited(10, "alice", course, 30, passive)], []],
    [
      "also where the time of one between is not known",
      () => [limited(0, "alice", course, 30), limited(5, "alice", course, 25, { took: null }), limited(10, "alice", course, 30)],
      postponed,
    ],
    ["nor where the time is not known", () => [limited(0, "alice", course, 30), limited(10, "alice", course, 30, { at: null })], []],
  ])("%s", async (_, exchanges, findings) => {
    expect(await tell(exchanges())).toEqual(findings);
  });

  it("is not held against another row", async () => {
    expect(await tell([limited(0, "alice", course, 30), busy(10, 30)], other)).toEqual([]);
    expect(await tell([busy(0, 30), busy(10, 30)], other)).toEqual(postponed);
  });
});

describe("what is worse of a live probe, whose account nobody else uses", () => {
  const burst = (parts: ExchangeParts) => Array.from({ length: 8 }, (_, at) => asked(at, "alice", course, parts));
  const twice = (parts: ExchangeParts) => [limited(0, "alice", course, 5, parts), limited(8, "alice", course, 5, parts)];

  it("is a limit that is not enforced", async () => {
    expect(await tell(burst({}))).toEqual(["error not-enforced exceeded 1"]);
    expect(await tell(burst(passive))).toEqual(["note not-enforced exceeded 1"]);
  });

  it("is a wait that does not end", async () => {
    expect(await tell(twice({}))).toEqual(["error not-released stillLimited 1"]);
    expect(await tell(twice(passive))).toEqual(["warning not-released stillLimited 1"]);
  });
});

it("counts none as served that a limit of another status turned away", async () => {
  const contract = contractOf(
    "rateLimit: { requests: 3, window: 60, per: account }",
    "{ name: slow, status: 403, type: rate_limit_error, code: slow, retry: retry-after }",
  );
  const slow = { status: 403, body: { detail: { error: { type: "rate_limit_error", code: "slow", message: "Slow down." } } } };
  const exchanges = [asked(0, "alice", course), ...Array.from({ length: 8 }, (_, at) => asked(at + 1, "alice", course, slow))];
  expect(await tell(exchanges, contract)).toEqual([]);
});
