/** Tells the time in milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/** A clock that stands still until it is moved, so that a minute's wait costs nothing. */
export interface VirtualClock extends Clock {
  advance(milliseconds: number): void;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Starts on a working day's morning; the date itself means nothing. */
export function virtualClock(start = Date.UTC(2026, 0, 15, 9, 0, 0)): VirtualClock {
  let now = start;
  return {
    now: () => now,
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}
