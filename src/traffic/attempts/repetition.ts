import { precedes } from "../moment.ts";
import type { Attempt } from "./attempt.ts";
import { mayBeOneScenario } from "./attempt-step.ts";
import { isMixed } from "./own-keys.ts";
import { personPause } from "./retry-run.ts";

/** A request that was done, and was sent again with another key, or none. */
export interface Repetition {
  readonly from: Attempt;
  readonly to: Attempt;
}

/** Were both done, the second under another key? Only where both were known to be one credential's. */
export function isRepetition(from: Attempt, to: Attempt): boolean {
  if (!from.isKeyed || from.outcome !== "done" || to.outcome !== "done" || from.key === undefined || from.key === to.key) return false;
  if (from.fingerprint === undefined || from.fingerprint !== to.fingerprint || from.credential !== to.credential) return false;
  if (!mayBeOneScenario(from, to)) return false;
  const gap = Number(to.moment.startedAt) - Number(from.moment.endedAt);
  return gap >= 0 && gap <= personPause;
}

/** The repetitions among the attempts at one request, each with the last that it repeats. */
export function repetitionsOf(attempts: readonly Attempt[], isBroken: (pair: Repetition) => boolean): Repetition[] {
  // Who has several such requests on hand at once means several.
  if (isMixed(attempts)) return [];
  return attempts.flatMap((to) => {
    const earlier = attempts.filter((from) => isRepetition(from, to));
    const [from, ...others] = earlier.filter((each) => !earlier.some((other) => precedes(each.moment, other.moment)));
    return from === undefined || others.length > 0 || isBroken({ from, to }) ? [] : [{ from, to }];
  });
}
