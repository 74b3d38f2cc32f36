import type { Ask } from "./ask.ts";
import { asksOf, isSkip, itinerary } from "./itinerary.ts";
import type { Asking, Depth, Probe } from "./probe.ts";
import { type Allowance, forbids, type Unasked } from "./run.ts";

/** What a run would send if all went well, and what it would not, and why. */
export interface Rehearsal {
  readonly depth: Depth;
  readonly asks: readonly { readonly probe: string; readonly ask: Ask }[];
  readonly unasked: readonly Unasked[];
  /** Requests of the allowed levels, within the budget or not. */
  readonly allowed: number;
}

/** What is walked through without sending anything. */
export interface Rehearsing {
  readonly asking: Asking;
  readonly probes: readonly Probe[];
  /** Asked at the end; the budget keeps room for them. */
  readonly last: readonly Probe[];
  readonly allowance: Allowance;
  readonly budget: number;
}

/** Walks through a run as `conduct` does, and sends nothing. */
export function rehearse({ asking, probes, last, allowance, budget }: Rehearsing): Rehearsal {
  const asks: { probe: string; ask: Ask }[] = [];
  const unasked: Unasked[] = [];
  let allowed = 0;
  const walk = (some: readonly Probe[], room: number) => {
    for (const { probe, step } of itinerary(some, asking)) {
      if (isSkip(step)) {
        unasked.push({ probe: probe.id, reason: step.skip, aims: step.aims ?? [], ask: undefined });
        continue;
      }
      const together = asksOf(step);
      const forbidden = together.map(({ level }) => forbids(allowance, level)).find((reason) => reason !== undefined);
      if (forbidden === undefined) allowed += together.length;
      const reason = forbidden ?? (asks.length + together.length > room ? beyondBudget(budget) : undefined);
      for (const ask of together)
        if (reason === undefined) asks.push({ probe: probe.id, ask });
        else unasked.push({ probe: probe.id, reason, aims: ask.aims ?? [], ask });
    }
  };
  const reserve = countAllowed(last, asking, allowance);
  walk(probes, budget - reserve);
  walk(last, budget);
  return { depth: asking.depth, asks, unasked, allowed };
}

export function beyondBudget(budget: number): string {
  return `the budget of ${budget} requests is used up (--max-requests)`;
}

/** How many requests of the allowed levels some probes would send; counts no further than `most`. */
export function countAllowed(probes: readonly Probe[], asking: Asking, allowance: Allowance, most = Number.POSITIVE_INFINITY): number {
  let count = 0;
  for (const { step } of itinerary(probes, asking)) {
    count += asksOf(step).filter(({ level }) => forbids(allowance, level) === undefined).length;
    if (count > most) break;
  }
  return count;
}

/** From the plainest to the deepest. */
export const depths: readonly Depth[] = ["plain", "all", "timing"];

/** The deepest walk that the budget has room for; the plainest where it has room for none. `count` says how many requests one takes. */
export function chooseDepth(count: (depth: Depth) => number, budget: number): Depth {
  return depths.findLast((depth) => depth === "plain" || count(depth) <= budget) ?? "plain";
}
