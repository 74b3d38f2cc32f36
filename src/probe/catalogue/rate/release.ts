import type { Ask, Reply, Step } from "../../ask.ts";
import { releaseOf } from "./limit-answer.ts";

/** How long a limit lasts, in milliseconds since the epoch. */
export interface Block {
  readonly from: number;
  readonly release: number;
}

/** Milliseconds that a clock may be off, and Retry-After is cut or rounded by. */
const slack = 1_100;

/** Asks at half of the announced wait; gives what is announced then, undefined where the limit has ended. */
export function* askTooEarly(ask: Omit<Ask, "purpose">, { from, release }: Block): Generator<Step, Block | undefined, readonly Reply[]> {
  const after = (release - from) / 2;
  const [reply] = yield { ...ask, aims: [], after, purpose: "while limited: too early, at half of the wait" };
  if (reply === undefined) return { from: from + after, release };
  if (reply.status < 400) return undefined;
  return { from: reply.endedAt, release: Math.max(release, releaseOf(reply) ?? release) };
}

/** Asks when the announced wait is over. */
export function* askWhenReleased(ask: Omit<Ask, "purpose">, { from, release }: Block): Generator<Step, void, readonly Reply[]> {
  yield { ...ask, aims: [], after: Math.max(0, release - from) + slack, purpose: "after the wait that was announced" };
}
