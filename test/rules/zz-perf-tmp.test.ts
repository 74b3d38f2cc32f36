import { it } from "vitest";
import { rateLimit } from "../../rules/rate-limit/index.ts";
import { masking } from "../../rules/masking/index.ts";
import { idempotency } from "../../rules/idempotency/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { BoundedMemory } from "../../src/engine/memory.ts";
import { makeExchange } from "../kit/exchange.ts";
it("perf", async () => {
  const contract = await loadContract();
  const xs = Array.from({ length: 40000 }, (_, i) => makeExchange({ url: `/v1/${i % 3 ? "courses/crs_" + (i % 5000) : "other/x"}`, status: 200, at: 1e12 + i * 500, entry: i, account: "a" + (i % 2), requestHeaders: {authorization: "x"} }));
  for (let round = 0; round < 2; round++) {
  const t00 = performance.now(); for (const x of xs) { contract.operationsOf(x.request); contract.resourcesOf(x.request); } console.log("warm contract ns", ((performance.now() - t00) / xs.length) * 1e6);
  for (const rule of [...rateLimit, ...masking, ...idempotency]) {
    const w = rule.watch({ contract, tell() {}, unobservable() {}, remember: (n?: number) => new BoundedMemory<any>(n), witness: (() => ({}) ) as any });
    if (!w.exchange) continue;
    const t0 = performance.now();
    for (const x of xs) w.exchange(x, undefined);
    console.log(rule.id, Math.round(((performance.now() - t0) / xs.length) * 1e6), "ns");
    w.end?.();
  }}
});
