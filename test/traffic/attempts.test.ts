import { describe, expect, it } from "vitest";
import { client } from "../../rules/client/index.ts";
import { loadContract } from "../../src/contract/load.ts";
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

  it("by time, once there are many: what is long over goes first, and a capture that steps back finds it while there are few", async () => {
    const once = (count: number) => Array.from({ length: count }, (_, id) => at(id, missing, course(id)));
    const back = at(0.5, missing, course(0));
    expect(await counts([...once(2_900), back])).toEqual({ told: 1, forgotten: 0 });
    expect(await counts([...once(3_100), back])).toEqual({ told: 0, forgotten: 0 });
    // What is near in time stays, however many there are.
    const dense = Array.from({ length: 3_100 }, (_, id) => at(id / 10, missing, course(id)));
    expect(await counts([...dense, back])).toEqual({ told: 1, forgotten: 0 });
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
