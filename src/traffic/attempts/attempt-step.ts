import { precedes } from "../moment.ts";
import type { Attempt, Doubt, Step } from "./attempt.ts";

/** Statuses after which another credential is the right thing to try. */
const aboutCredential: ReadonlySet<number> = new Set([401, 403, 407]);

/** What a later attempt is to an earlier one: the next step, or nothing of the kind; and what cannot be known of it. */
export interface Relation {
  readonly step?: Step;
  readonly doubt?: Doubt;
}

/** Does `to` follow `from`, which went wrong? As far as the two of them tell. */
export function relate(from: Attempt, to: Attempt): Relation | undefined {
  if (from.outcome === "done" || from.credential !== to.credential || !mayBeOneScenario(from, to)) return undefined;
  if (from.fingerprint !== to.fingerprint && from.fingerprint !== undefined && to.fingerprint !== undefined) return undefined;
  if (!precedes(from.moment, to.moment)) return undefined;
  const { endedAt } = from.moment;
  const { startedAt } = to.moment;
  const gap = endedAt === undefined || startedAt === undefined ? undefined : startedAt - endedAt;
  if (gap !== undefined && gap > reachOf(from)) return undefined;
  if (from.fingerprint === undefined || to.fingerprint === undefined)
    return { doubt: { about: "request", reason: "request body not captured" } };
  if (from.credential === undefined && aboutCredential.has(from.status))
    return { doubt: { about: "credential", reason: "account unknown" } };
  if (gap === undefined) return { step: { from, to, gap }, doubt: { about: "time", reason: "time unknown" } };
  if (!agreesWithDate(from, to))
    return { step: { from, to, gap: undefined }, doubt: { about: "time", reason: "the capture's clock disagrees with Date" } };
  return { step: { from, to, gap } };
}

/** What two test cases ask is nobody's retry of the other. */
export function mayBeOneScenario(one: Attempt, other: Attempt): boolean {
  return one.scenario === "" || other.scenario === "" || one.scenario === other.scenario;
}

/** Milliseconds within which the next attempt belongs to this one. */
export function reachOf({ named }: Attempt): number {
  return 1000 * Math.max((named ?? 0) + 60, 120);
}

/** Does nothing that begins with a later attempt, or after it, belong to this one any more? */
export function isPast(attempt: Attempt, later: Pick<Attempt, "moment">): boolean {
  const { startedAt, endedAt } = attempt.moment;
  if (startedAt === undefined || endedAt === undefined || later.moment.startedAt === undefined) return false;
  return later.moment.startedAt - endedAt > reachOf(attempt);
}

/** Date is in whole seconds, and was written at some time between request and answer. */
function agreesWithDate(from: Attempt, to: Attempt): boolean {
  if (from.date === undefined || to.date === undefined) return true;
  const { startedAt: first, endedAt: firstEnd } = from.moment;
  const { startedAt: second, endedAt: secondEnd } = to.moment;
  if (first === undefined || firstEnd === undefined || second === undefined) return true;
  const took = firstEnd - first + ((secondEnd ?? second) - second);
  return Math.abs(to.date - from.date - (second - first)) <= 2000 + took;
}
