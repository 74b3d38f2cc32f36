import type { Exchange } from "../../model/exchange.ts";

/** Over what time, and how many captures, answers are spread. */
export interface Spread {
  first: number;
  last: number;
  readonly capture: string;
  isOfSeveral: boolean;
}

/** Milliseconds that a burst of requests, or a short trouble, may last. */
const burst = 60_000;

export function spreadOf({ origin: { capture } }: Exchange): Spread {
  return { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY, capture, isOfSeveral: false };
}

export function stretch(spread: Spread, { startedAt, origin }: Exchange): void {
  if (origin.capture !== spread.capture) spread.isOfSeveral = true;
  if (startedAt === undefined) return;
  spread.first = Math.min(spread.first, startedAt);
  spread.last = Math.max(spread.last, startedAt);
}

/** Were answers given at more than one time, so that they are not the mishap of a moment? */
export function isSpread(spreads: readonly Spread[]): boolean {
  const captures = new Set(spreads.map(({ capture }) => capture));
  if (captures.size > 1 || spreads.some(({ isOfSeveral }) => isOfSeveral)) return true;
  return Math.max(...spreads.map(({ last }) => last)) - Math.min(...spreads.map(({ first }) => first)) >= burst;
}
