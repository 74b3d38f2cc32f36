import type { Attempt, Step } from "./attempt.ts";
import { reachOf } from "./attempt-step.ts";

/**
 * Is the second of a pair, under another key, a request of its own that happens to be like the first? It is where the first comes again under
 * its own key, or the second had come under its own before. `attempts`: all at this request, in order.
 */
export function isOfItsOwn({ from, to }: Pick<Step, "from" | "to">, attempts: readonly Attempt[]): boolean {
  if (from.key === undefined || from.key === to.key) return false;
  const at = attempts.indexOf(to);
  return (
    attempts.slice(at + 1).some((later) => later.key === from.key && isWithinReach(from, later)) ||
    (to.key !== undefined && attempts.slice(0, at).some((earlier) => earlier.key === to.key))
  );
}

/** Does a key come again after another came? */
export function isMixed(attempts: readonly Attempt[]): boolean {
  const keys = inTurn(attempts).map(({ key }) => key);
  const turns = keys.filter((key, index) => key !== undefined && key !== keys[index - 1]);
  return new Set(turns).size < turns.length;
}

/** By the clock; by the file where one of them has no time. */
export function inTurn(attempts: readonly Attempt[]): Attempt[] {
  const isTimed = attempts.every(({ moment }) => moment.startedAt !== undefined);
  const byFile = (a: Attempt, b: Attempt) => a.moment.origin.entry - b.moment.origin.entry;
  return [...attempts].sort((a, b) => (isTimed && Number(a.moment.startedAt) - Number(b.moment.startedAt)) || byFile(a, b));
}

function isWithinReach(from: Attempt, later: Attempt): boolean {
  const gap = Number(later.moment.startedAt) - Number(from.moment.endedAt);
  return Number.isNaN(gap) || gap <= reachOf(from);
}
