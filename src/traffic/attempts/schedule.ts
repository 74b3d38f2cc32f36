import type { Attempt, Step } from "./attempt.ts";

/** Milliseconds: no poll is faster, for fear of taking retries for one. */
const shortest = 1_000;
/** Gaps that differ by no more than half a second, or by this share of the longest, are steady. */
const slack = { milliseconds: 500, share: 0.1 } as const;
/** Gaps by which a poll shows that ends when it gets what it waited for. */
const enough = 3;

/** Does a client ask for what is not there yet, until it is? Either steadily, or since it has itself made something. */
export function isAwaiting(steps: readonly Step[], isFresh: (attempt: Attempt) => boolean): boolean {
  const [first] = steps;
  if (first === undefined || steps.at(-1)?.to.outcome !== "done") return false;
  if (steps.every(({ from }) => from.status === 404) && isFresh(first.from)) return true;
  const isRefused = steps.every(({ from }) => from.retry === "never");
  return isRefused && steps.length >= enough && isSteady(startsOf(steps));
}

/** Is a request sent on a schedule? With the attempts next to them, where there are not enough of its own. */
export function isOnSchedule(steps: readonly Step[], attempts: readonly Attempt[], successes: readonly number[]): boolean {
  const own = startsOf(steps);
  if (own.length > 2) return isSteady(own);
  const all = [...successes, ...attempts.map(({ moment }) => Number(moment.startedAt))];
  const before = all.filter((start) => start < Number(own[0]));
  const after = all.filter((start) => start > Number(own.at(-1)));
  return [
    [...own, Math.min(...after)],
    [Math.max(...before), ...own],
  ].some(isSteady);
}

function startsOf(steps: readonly Step[]): number[] {
  const attempts = [...steps.slice(0, 1).map(({ from }) => from), ...steps.map(({ to }) => to)];
  return attempts.map(({ moment }) => Number(moment.startedAt));
}

/** Where a time is not known, nothing is. */
function isSteady(starts: readonly number[]): boolean {
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] as number));
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
  return least >= shortest && most < Number.POSITIVE_INFINITY && most - least <= Math.max(slack.milliseconds, slack.share * most);
}
