import type { RateLimit, Row } from "../../model/contract.ts";
import type { Witness } from "../../model/rule.ts";
import { countBelow, firstAbove } from "../insert-sorted.ts";

/** One time a client was turned away. Times in milliseconds. */
export interface LimitRefusal {
  readonly start: number;
  readonly end: number;
  /** Seconds; undefined = none that can be relied on. */
  readonly wait: number | undefined;
  readonly row: Row;
  /** It was sent on purpose, by an account that nobody else uses. */
  readonly live: boolean;
  readonly witness: Witness;
}

/** What a rate limit counts together, in one capture. */
export interface LimitedSession {
  /** When its requests began, in any order. */
  readonly starts: number[];
  readonly refusals: LimitRefusal[];
}

/** The refusals that came after the announced wait was over, although fewer requests than the limit lay between the two. */
export function refusedAfterWait(
  { starts, refusals }: LimitedSession,
  { requests, window }: RateLimit,
): { readonly before: LimitRefusal; readonly again: LimitRefusal; readonly wait: number }[] {
  if (refusals.length < 2) return [];
  starts.sort((a, b) => a - b);
  refusals.sort((a, b) => a.start - b.start);
  return refusals.flatMap((again) => {
    const before = refusals.findLast((refusal) => refusal.row === again.row && refusal.end <= again.start);
    if (before?.wait === undefined) return [];
    const late = again.start - before.end - before.wait * 1000;
    // One second is the field's own resolution; after another window anything may have used up the limit.
    if (late < 1000 || late > window * 1000) return [];
    const between = countBelow(starts, again.start) - firstAbove(starts, before.end);
    return between < requests ? [{ before, again, wait: before.wait }] : [];
  });
}
