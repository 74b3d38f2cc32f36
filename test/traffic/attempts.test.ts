import { describe, expect, it } from "vitest";
import { client } from "../../rules/client/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { CaptureOrder } from "../../src/traffic/attempts/capture-order.ts";
import { PollRhythm } from "../../src/traffic/attempts/poll-rhythm.ts";
import { RecentSuccesses } from "../../src/traffic/attempts/recent-successes.ts";
import { RepeatedPauses } from "../../src/traffic/attempts/repeated-pauses.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const rules = client.filter(({ id }) => id === "client/retried-final");
const start = Date.UTC(2026, 0, 5, 12);
const missing: ExchangeParts = {
  status: 404,
  body: { detail: { error: { type: "not_found_error", code: "course_not_found", message: "No." } } },
};
const at = (second: number, ...parts: ExchangeParts[]) =>
  makeExchange({ account: "alice", took: 1, at: start + 1000 * second, entry: Math.round(second * 1000), ...Object.assign({}, ...parts) });
const course = (id: number): ExchangeParts => ({ url: `/v1/courses/${id}` });

async function counts(exchanges: ReturnType<typeof at>[]) {
  const { findings, seen } = await judgeExchanges(exchanges, builtin, rules);
  return { told: findings.reduce((sum, { count }) => sum + count, 0), forgotten: seen.forgotten };
}

describe("what is held of attempts is bounded", () => {
  it("by their weight together: what is let go is judged by what is known, and counted where more might have come", async () => {
    const once = Array.from({ length: 10_500 }, (_, id) => at(id / 1000, missing, course(id)));
    expect(await counts(once)).toEqual({ told: 0, forgotten: 500 });
    expect(await counts([...once, at(10.6, missing, course(10_499)), at(10.7, missing, course(1))])).toEqual({ told: 1, forgotten: 506 });
    const twice = Array.from({ length: 3_000 }, (_, id) => [at(id / 10, missing, course(id)), at(id / 10 + 0.05, missing, course(id))]);
    expect(await counts(twice.flat())).toEqual({ told: 3_000, forgotten: 0 });
  });

  it("by their number at one request", async () => {
    const loop = Array.from({ length: 450 }, (_, index) => at(index / 10, missing));
    expect(await counts(loop)).toEqual({ told: 199 + 199 + 49, forgotten: 2 });
  });

  it("by what each client changed: before the oldest that is known anything may have been", async () => {
    const change = (second: number): ExchangeParts => ({ method: "PUT", url: "/v1/presets/p", status: 200, at: start + second * 1000 });
    const changes = Array.from({ length: 600 }, (_, index) => at(0, change(10 + index / 10)));
    const early = [at(2, missing), at(3, missing)];
    expect(await counts([...early, ...changes.slice(0, 400)])).toEqual({ told: 1, forgotten: 0 });
    expect(await counts([...early, ...changes])).toEqual({ told: 0, forgotten: 0 });
    expect(await counts([...changes, at(80, missing), at(81, missing)])).toEqual({ told: 1, forgotten: 0 });
  });
});

describe("CaptureOrder", () => {
  const follows = (order: CaptureOrder, seconds: readonly (number | null)[], capture = "a.har") =>
    seconds.map((second) => order.follows(makeExchange({ capture, at: second === null ? null : start + second })));
  const beginning = Array.from({ length: 50 }, (_, index) => index);

  it("knows no order before fifty entries, nor without a time, nor after a later one", () => {
    const order = new CaptureOrder();
    expect(follows(order, beginning)).not.toContain(true);
    expect(follows(order, [50, 50, 49, 51, null, 52])).toEqual([true, true, false, true, false, true]);
    expect(follows(order, beginning, "b.har")).not.toContain(true);
  });

  it("begins anew with a timeline", () => {
    const order = new CaptureOrder();
    follows(order, [1_000]);
    follows(order, beginning);
    expect(follows(order, [60])).toEqual([false]);
    order.forget();
    follows(order, beginning);
    expect(follows(order, [60])).toEqual([true]);
  });
});

describe("PollRhythm", () => {
  const notes = (...steps: readonly (readonly [start: number, isDone: boolean])[]) => {
    const rhythm = new PollRhythm();
    return steps.map(([at, isDone]) => rhythm.note(at, isDone)).at(-1);
  };

  it("is steady within a fifth, or 50 ms", () => {
    expect(notes([0, true], [1000, true], [2250, true])).toBe(true);
    expect(notes([0, true], [1000, true], [2260, true])).toBe(false);
    expect(notes([0, true], [10, true], [70, true])).toBe(true);
    expect(notes([0, true], [10, true], [71, true])).toBe(false);
  });

  it("is over after three times its pace, but not after an error", () => {
    const steady = [[0, true] as const, [1000, true] as const, [2000, true] as const];
    expect(notes(...steady, [5000, false])).toBe(true);
    expect(notes(...steady, [5001, false])).toBe(false);
    expect(notes(...steady, [3000, false], [90_000, true])).toBe(true);
    expect(notes([0, true], [1000, false], [2000, true], [3000, true])).toBe(false);
  });
});

describe("RecentSuccesses", () => {
  it("keeps four of each, and lets go of the oldest targets", () => {
    const recent = new RecentSuccesses();
    for (const start of [1, 2, 3, 4, 5]) recent.note("a", start);
    expect(recent.take("a")).toEqual([2, 3, 4, 5]);
    expect(recent.take("a")).toEqual([]);
    recent.note("a", 1);
    recent.note("b", 1);
    for (let other = 0; other < 5_000; other++) recent.note(`${other}`, 1);
    recent.note("a", 2);
    for (let other = 0; other < 4_999; other++) recent.note(`${other} again`, 1);
    expect(recent.take("a")).toEqual([1, 2]);
    expect(recent.take("b")).toEqual([]);
    recent.note("a", 1);
    recent.clear();
    expect(recent.take("a")).toEqual([]);
  });
});

describe("RepeatedPauses", () => {
  it("counts the series of a client that are alike, of the last twenty", () => {
    const pauses = new RepeatedPauses({ remember: () => new Map() as never }, 0.05);
    expect(pauses.note("a", [1000, 2000])).toBe(1);
    expect(pauses.note("a", [1049, 2099])).toBe(2);
    expect(pauses.note("a", [1060, 2000])).toBe(2);
    expect(pauses.note("b", [1000, 2000])).toBe(1);
    for (let series = 0; series < 20; series++) pauses.note("a", [9000]);
    expect(pauses.note("a", [1000, 2000])).toBe(1);
  });
});
