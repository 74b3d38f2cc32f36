import type { Random } from "./random.ts";

/** What a client knows when it decides how long to wait before it tries again. */
export interface Turn {
  /** 1 = before the first retry. */
  readonly retry: number;
  /** Seconds it waited last. */
  readonly waited: number;
  /** Seconds that the answer asks to wait. */
  readonly asked: number | undefined;
  readonly random: Random;
}

/** Seconds to wait. */
export type Wait = (turn: Turn) => number;

const longest = 20;

/** 1, 2, 4, 8: the same for every client that failed at the same time. */
export const exponential: Wait = ({ retry }) => Math.min(longest, 2 ** (retry - 1));

/** Anything up to the exponential wait, so that a later wait may be the shorter one. */
export const fullJitter: Wait = (turn) => 0.15 + exponential(turn) * turn.random();

/** Half of the exponential wait, and chance up to the whole of it. */
export const equalJitter: Wait = (turn) => exponential(turn) * (0.5 + turn.random() / 2);

/** Up to three times the last wait. */
export const decorrelatedJitter: Wait = ({ waited, random }) => Math.min(longest, 0.5 + random() * (3 * Math.max(0.5, waited) - 0.5));

/** The same wait each time. */
export const constant =
  (seconds: number): Wait =>
  () =>
    seconds;

/** The same wait each time, but for a few hundredths of it. */
export const nearlyConstant =
  (seconds: number): Wait =>
  ({ random }) =>
    seconds * (0.98 + 0.04 * random());

/** Waits as it was asked to, and otherwise in its own way; `late` seconds more, or less. */
export const obeying =
  (own: Wait, late = 0): Wait =>
  (turn) =>
    turn.asked === undefined ? own(turn) : turn.asked + late;
