/** The time as a run sees it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or at once where the signal says stop. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Keeps requests apart: no more a minute than the pace, one after the other. */
export class Pacer {
  readonly #interval: number;
  readonly #clock: Clock;
  #next = 0;

  /** `pace`: requests a minute. */
  constructor(pace: number, clock: Clock) {
    this.#interval = 60_000 / pace;
    this.#clock = clock;
  }

  /** Milliseconds until the next request may go out. */
  get wait(): number {
    return Math.max(0, this.#next - this.#clock.now());
  }

  /** Takes the places of so many requests that go out now. */
  take(requests: number): void {
    this.#next = Math.max(this.#next, this.#clock.now()) + this.#interval * requests;
  }
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: Date.now,
  async sleep(milliseconds, signal) {
    for (let left = milliseconds; left > 0 && signal?.aborted !== true; left -= longestTimer)
      await wait(Math.min(left, longestTimer), signal);
  },
};

/** A longer timer of Node's fires at once. Milliseconds. */
const longestTimer = 2 ** 31 - 1;

function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    }
    signal?.addEventListener("abort", done);
  });
}
