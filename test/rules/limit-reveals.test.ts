import { expect, test } from "vitest";
import { limitReveals } from "../../rules/masking/limit-reveals.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const contract = await loadContract();
const start = Date.UTC(2026, 0, 5, 12);
const limited: ExchangeParts = {
  status: 429,
  headers: { "retry-after": "60" },
  body: { detail: { error: { type: "rate_limit_error", code: "retry_after_60", message: "Slow down." } } },
};
const notFound: ExchangeParts = {
  status: 404,
  body: { detail: { error: { type: "not_found_error", code: "course_not_found", message: "No." } } },
};
type Is = "own" | "foreign" | "missing";
const about = (is?: Is, resource = "course") => ({ id: "rate/burst", live: true, ...(is && { target: { resource, is } }) });
const asked = (entry: number, is: Is | undefined, parts: ExchangeParts) =>
  makeExchange({ entry, at: start + entry * 1000, account: "alice", probe: about(is), ...parts });

/** The limit is seen; then the foreign and the missing one are asked for, twice each. */
const run = (foreign: ExchangeParts, missing: ExchangeParts, change: ExchangeParts = {}): Exchange[] => [
  asked(0, undefined, limited),
  asked(1, "foreign", { ...foreign, ...change }),
  asked(2, "missing", { ...missing, ...change }),
  asked(3, "foreign", { ...foreign, ...change }),
  asked(4, "missing", { ...missing, ...change }),
];
const reversed = (is: Is) =>
  run(notFound, limited).map((each) => (each.probe?.target === undefined ? each : { ...each, probe: about(is) }));

const ofLessons = run(notFound, limited).map(({ probe, ...each }): Exchange => {
  return { ...each, probe: probe?.target === undefined ? probe : about(probe.target.is, "lesson") };
});
const once = [asked(3, "foreign", notFound), asked(4, "missing", limited)];

test.each<[string, Exchange[], string[]]>([
  ["the foreign one is looked up", run(notFound, limited), ["404 1"]],
  ["the missing one is looked up", run(limited, notFound), ["429 1"]],
  ["both are limited", run(limited, limited), []],
  ["both are looked up", run(notFound, notFound), []],
  ["it is one's own", reversed("own"), []],
  ["only foreign ones were asked for", reversed("foreign"), []],
  ["only missing ones were asked for", reversed("missing"), []],
  ["nobody says what was asked for", run(notFound, limited, { probe: about() }), []],
  ["the contract masks no such thing", ofLessons, []],
  ["of the four two are one's own", [asked(0, undefined, limited), asked(1, "own", limited), asked(2, "own", limited), ...once], []],
  ["the server stumbles over the foreign one", run({ status: 500 }, limited), []],
  ["the wait cannot be relied on", run(notFound, { ...limited, headers: {} }), []],
  ["it was asked once each", run(notFound, limited).slice(0, 3), []],
  ["no limit was seen before", run(notFound, limited).slice(1, 4), []],
  ["no probe was at work", run(notFound, limited, { probe: { ...about("foreign"), live: false } }), []],
  ["the time is not known", run(notFound, limited, { at: null }), []],
])("where %s", async (_, exchanges, findings) => {
  const report = await judgeExchanges(exchanges, contract, [limitReveals]);
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  expect(report.findings.flatMap(({ samples }) => samples.map(({ found, entry }) => `${found} ${entry}`))).toEqual(findings);
  const broken = report.coverage.provisions.find(({ provision }) => provision === "masking:course")?.verdict;
  expect(broken).toBe(findings.length > 0 ? "broken" : "unseen");
});
