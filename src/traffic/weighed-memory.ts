import type { Memory, Watching } from "../model/rule.ts";

/** What all values of a memory may weigh together: 2,000 things of weight 5, or 10,000 of weight 1. */
const budget = 10_000;

/** What a witness weighs, with the facts that go with it, against an entry that holds a few numbers. */
export const witnessWeight = 5;

interface Weighed<Value> {
  readonly value: Value;
  readonly weight: number;
}

/**
 * A map whose values grow, bounded by what they weigh together: a few keys with much, or many with little. What was set least recently goes
 * first, all of it, and is counted as forgotten.
 */
export class WeighedMemory<Value> {
  readonly #entries = new Map<string, Weighed<Value>>();
  /** Holds nothing: what is put there is forgotten at once, and so counted. */
  readonly #forgotten: Memory<true>;
  #total = 0;

  constructor({ remember }: Pick<Watching, "remember">) {
    this.#forgotten = remember<true>(0);
  }

  /** What all values weigh. */
  get weight(): number {
    return this.#total;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Sets a value, or says what the same one weighs by now. The newest is kept whatever it weighs. */
  set(key: string, value: Value, weight: number): void {
    this.#drop(key);
    this.#entries.set(key, { value, weight });
    this.#total += weight;
    while (this.#total > budget && this.#entries.size > 1) this.#forgetOldest();
  }

  *values(): IterableIterator<Value> {
    for (const { value } of this.#entries.values()) yield value;
  }

  #forgetOldest(): void {
    const oldest = this.#entries.keys().next();
    if (oldest.done) return;
    this.#drop(oldest.value);
    this.#forgotten.set(oldest.value, true);
  }

  #drop(key: string): void {
    this.#total -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }
}
