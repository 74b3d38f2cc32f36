import { createHash } from "node:crypto";
import type { Target } from "./targets.ts";

/** Names a set of captures: equal wherever the same files are given in the same order, 16 hex digits of SHA-256. */
export function partition(targets: readonly Target[]): string {
  const named = targets.map(({ name, size }) => [name, size]);
  return createHash("sha256").update(JSON.stringify(named)).digest("hex").slice(0, 16);
}

/** One part of the captures: a stretch of their order, the parts of about as many bytes, since captures that stand together belong together. */
export function partOf(targets: readonly Target[], { index, of }: { readonly index: number; readonly of: number }): readonly Target[] {
  if (of === 1) return targets;
  // An empty file has its weight as well, lest all of them go to one part.
  const weights = targets.map(({ size = 0 }) => size + 1);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return targets.filter((_, at) => {
    const middle = before + (weights[at] ?? 0) / 2;
    before += weights[at] ?? 0;
    return Math.floor((middle * of) / all) === index - 1;
  });
}
