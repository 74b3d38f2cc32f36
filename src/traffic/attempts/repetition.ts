import { precedes } from "../moment.ts";
import type { Attempt } from "./attempt.ts";

/** A request that was done, and was sent again with another key, or none. */
export interface Repetition {
  readonly from: Attempt;
  readonly to: Attempt;
}

/** Milliseconds after which a request like an earlier one is a request of its own. */
const within = 120_000;

/** Were both done, the second under another key? Only where both were known to be one credential's. */
export function isRepetition(from: Attempt, to: Attempt): boolean {
  if (!from.isKeyed || from.outcome !== "done" || to.outcome !== "done" || from.key === undefined || from.key === to.key) return false;
  if (from.fingerprint === undefined || from.fingerprint !== to.fingerprint || from.credential !== to.credential) return false;
  const gap = Number(to.moment.startedAt) - Number(from.moment.endedAt);
  return gap >= 0 && gap <= within;
}

/** The repetitions among the attempts at one request, each with the last that it repeats. */
export function repetitionsOf(attempts: readonly Attempt[], isBroken: (pair: Repetition) => boolean): Repetition[] {
  return attempts.flatMap((to) => {
    const earlier = attempts.filter((from) => isRepetition(from, to));
    const [from, ...others] = earlier.filter((each) => !earlier.some((other) => precedes(each.moment, other.moment)));
    return from === undefined || others.length > 0 || isBroken({ from, to }) ? [] : [{ from, to }];
  });
}
