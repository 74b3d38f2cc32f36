import type { RateLimit } from "../../model/contract.ts";
import { memberOf, type SourceNode } from "../../yaml-source/source-tree.ts";
import type { PlannedLimits } from "./plan.ts";

/** Requests a minute where no limit is known. */
const usualPace = 60;

/** The limits of a plan, and what is taken where it sets none. Seconds become milliseconds. */
export function planLimits(node: SourceNode | undefined, rateLimit: RateLimit | undefined): PlannedLimits {
  const number = (name: string): number | undefined => {
    const found = memberOf(node, name)?.node;
    return found?.kind === "scalar" && typeof found.value === "number" ? found.value : undefined;
  };
  const oversized = memberOf(node, "oversized")?.node;
  return {
    requests: number("requests") ?? 100,
    pace: number("pace") ?? Math.min(usualPace, halfOf(rateLimit)),
    timeout: (number("timeout") ?? 10) * 1_000,
    patience: (number("patience") ?? 120) * 1_000,
    body: number("body") ?? 1_048_576,
    burst: number("burst") ?? (rateLimit === undefined ? 0 : Math.ceil(rateLimit.requests * 1.2) + 5),
    oversized: oversized?.kind === "scalar" && oversized.value === true,
  };
}

function halfOf(rateLimit: RateLimit | undefined): number {
  return rateLimit === undefined ? usualPace : (rateLimit.requests / rateLimit.window) * 30;
}
