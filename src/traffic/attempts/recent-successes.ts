/** Successes kept of one target. */
export const successesKept = 4;

/** How many targets there is room for, a power of two. */
const rooms = 16_384;

/**
 * When requests that nothing went wrong with were last answered. Each target has its room, which the next one that has the same takes over: what is
 * let go can only make a poll look like retries. Numbers alone, for there are as many as exchanges.
 */
export class RecentSuccesses {
  readonly #keys = new Float64Array(rooms).fill(Number.NaN);
  readonly #starts = new Float64Array(rooms * successesKept);
  readonly #counts = new Uint8Array(rooms);

  note(key: number, start: number): void {
    const room = key & (rooms - 1);
    if (this.#keys[room] !== key) {
      this.#keys[room] = key;
      this.#counts[room] = 0;
    }
    const first = room * successesKept;
    const count = this.#counts[room] as number;
    if (count === successesKept) this.#starts.copyWithin(first, first + 1, first + count);
    else this.#counts[room] = count + 1;
    this.#starts[first + Math.min(count, successesKept - 1)] = start;
  }

  /** Gives what is known of a target, and knows it no more. */
  take(key: number): number[] {
    const room = key & (rooms - 1);
    if (this.#keys[room] !== key) return [];
    this.#keys[room] = Number.NaN;
    const first = room * successesKept;
    return [...this.#starts.subarray(first, first + (this.#counts[room] as number))];
  }

  clear(): void {
    this.#keys.fill(Number.NaN);
  }
}
