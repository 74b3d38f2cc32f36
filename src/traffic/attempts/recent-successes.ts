/** Successes kept of one target. */
export const successesKept = 4;

/** Targets in a generation; there are two. */
const mostTargets = 5_000;
/** Rooms of a generation, a power of two: with so many free, what is looked for is not far from where it belongs. */
const rooms = 8_192;

/** When requests that nothing went wrong with were last answered. What is let go can only make a poll look like retries. */
export class RecentSuccesses {
  #young = new Generation();
  #old = new Generation();

  note(key: number, start: number): void {
    if (!this.#young.has(key)) this.keep(key, this.#old.startsOf(key));
    this.#young.add(key, start);
  }

  /** Notes several of a target of which nothing is known, the oldest first. */
  keep(key: number, starts: readonly number[]): void {
    if (this.#young.size >= mostTargets) {
      [this.#young, this.#old] = [this.#old, this.#young];
      this.#young.clear();
    }
    for (const start of starts) this.#young.add(key, start);
  }

  /** Gives what is known of a target, and knows it no more. */
  take(key: number): readonly number[] {
    const generation = this.#young.has(key) ? this.#young : this.#old;
    const starts = generation.startsOf(key);
    this.#young.empty(key);
    this.#old.empty(key);
    return starts;
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}

/** A table of numbers alone: most exchanges are such successes, and a list for each would be much to collect. */
class Generation {
  /** Targets that were added, those that were emptied among them. */
  size = 0;
  readonly #keys = new Float64Array(rooms).fill(Number.NaN);
  readonly #starts = new Float64Array(rooms * successesKept);
  readonly #counts = new Uint8Array(rooms);

  has(key: number): boolean {
    return this.#keys[this.#roomOf(key)] === key;
  }

  startsOf(key: number): readonly number[] {
    const room = this.#roomOf(key);
    if (this.#keys[room] !== key) return none;
    const first = room * successesKept;
    return [...this.#starts.subarray(first, first + (this.#counts[room] as number))];
  }

  /** Adds a time; the oldest goes where there are too many. */
  add(key: number, start: number): void {
    const room = this.#roomOf(key);
    if (this.#keys[room] !== key) {
      this.#keys[room] = key;
      this.#counts[room] = 0;
      this.size++;
    }
    const [first, count] = [room * successesKept, this.#counts[room] as number];
    if (count < successesKept) this.#counts[room] = count + 1;
    else this.#starts.copyWithin(first, first + 1, first + count);
    this.#starts[first + Math.min(count, successesKept - 1)] = start;
  }

  /** The room stays taken: what was put farther away since it was would be found no more. */
  empty(key: number): void {
    const room = this.#roomOf(key);
    if (this.#keys[room] === key) this.#counts[room] = 0;
  }

  clear(): void {
    if (this.size > 0) this.#keys.fill(Number.NaN);
    this.size = 0;
  }

  /** Where a target is, or the free room where it would be. */
  #roomOf(key: number): number {
    let room = key & (rooms - 1);
    for (let held = this.#keys[room]; held !== key && !Number.isNaN(held); held = this.#keys[room]) room = (room + 1) & (rooms - 1);
    return room;
  }
}

const none: readonly number[] = [];
