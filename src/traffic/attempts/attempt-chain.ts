import { precedes } from "../moment.ts";
import type { Attempt, Chain, Step } from "./attempt.ts";
import { relate } from "./attempt-step.ts";
import { inTurn, isOfItsOwn } from "./own-keys.ts";
import { PollRhythm } from "./poll-rhythm.ts";
import { isAwaiting, isOnSchedule } from "./schedule.ts";

/** Milliseconds within which a browser sends again by itself what it knows was not processed: a stream refused, a connection gone. */
const resendWithin = 50;

interface Lane {
  last: Attempt;
  readonly steps: Step[];
  readonly isPolling: boolean;
}

/** What a chain is made from, besides the attempts. */
export interface ChainTraffic {
  readonly client: string;
  /** When requests of the same kind had succeeded before, sorted. */
  readonly successes: readonly number[];
  /** Nothing is needed to ask for it: what does so on a schedule is a monitor, and no client at its work. */
  readonly isPublic: boolean;
  /** Something else came between that may have removed the cause. */
  readonly isBroken: (step: Step) => boolean;
  /** The client itself had just made something. */
  readonly isFresh: (attempt: Attempt) => boolean;
}

/** Orders the attempts at one request and joins those that follow each other. Attempts that overlap are nobody's retries of each other. */
export function chainsOf(attempts: readonly Attempt[], { client, successes, isPublic, isBroken, isFresh }: ChainTraffic): Chain[] {
  const sorted = inTurn(attempts);
  const rhythm = new PollRhythm();
  for (const start of successes) rhythm.note(start, true);
  let lanes: Lane[] = [];
  const follows = (step: Step) => !isBroken(step) && !isOfItsOwn(step, sorted) && !sorted.some((other) => isSuccessBetween(other, step));
  for (const to of sorted) {
    const { startedAt } = to.moment;
    const isPolling = startedAt !== undefined && rhythm.note(startedAt, to.outcome === "done");
    lanes = lanes.filter((lane) => !isResend(lane.last, to) || takeBack(lane));
    let next: { readonly lane: Lane; readonly step: Step } | undefined;
    for (const lane of lanes) {
      const step = relate(lane.last, to)?.step;
      // Of several that it may follow, the latest.
      if (step !== undefined && follows(step) && (next === undefined || precedesEnd(next.lane.last, lane.last))) next = { lane, step };
    }
    if (next === undefined) lanes.push({ last: to, steps: [], isPolling });
    else {
      next.lane.steps.push(next.step);
      next.lane.last = to;
    }
  }
  return lanes
    .filter(({ steps }) => steps.length > 0 && !(isPublic && isOnSchedule(steps, sorted, successes)))
    .map(({ steps, isPolling }) => ({ client, steps, isPolling: isPolling || isAwaiting(steps, isFresh) }));
}

function isSuccessBetween(other: Attempt, { from, to }: Step): boolean {
  return other.outcome === "done" && precedes(other.moment, to.moment) && !precedesEnd(other, from);
}

/** Was the one over before the other was? */
function precedesEnd({ moment: one }: Attempt, { moment: other }: Attempt): boolean {
  return one.endedAt !== undefined && other.endedAt !== undefined ? one.endedAt < other.endedAt : precedes(one, other);
}

function isResend(from: Attempt, to: Attempt): boolean {
  const gap = Number(to.moment.startedAt) - Number(from.moment.endedAt);
  return from.outcome === "unanswered" && from.key === to.key && gap >= 0 && gap <= resendWithin;
}

/** What was sent again by itself counts as one with its second sending; false: nothing is left. */
function takeBack(lane: Lane): boolean {
  const step = lane.steps.pop();
  if (step !== undefined) lane.last = step.from;
  return step !== undefined;
}
