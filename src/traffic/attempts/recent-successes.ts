/** Successes kept of one target. */
export const successesKept = 4;

/** Targets in a generation; there are two. */
const generation = 5_000;

/** When requests that nothing went wrong with were last answered. What is let go can only make a poll look like retries. */
export class RecentSuccesses {
  #young = new Map<number, number[]>();
  #old = new Map<number, number[]>();

  note(key: number, start: number): void {
    const young = this.#young.get(key);
    const starts = young ?? this.#old.get(key);
    // Most come once: a list of one takes a third of the room of one that was empty.
    if (young === undefined) this.keep(key, starts ?? [start]);
    if (starts !== undefined && starts.push(start) > successesKept) starts.shift();
  }

  keep(key: number, starts: number[]): void {
    if (this.#young.size >= generation) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, starts);
  }

  /** Gives what is known of a target, and knows it no more. */
  take(key: number): number[] {
    const starts = this.#young.get(key) ?? this.#old.get(key) ?? [];
    this.#young.delete(key);
    this.#old.delete(key);
    return starts;
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
