import type { Memory } from "../model/rule.ts";

/** Keys a memory holds unless a rule asks for another number. */
const defaultLimit = 10_000;

/** A map that never grows past its limit: the key that was used least recently goes first, and is counted. */
export class BoundedMemory<Value> implements Memory<Value> {
  /** How many keys were let go. */
  forgotten = 0;
  readonly #limit: number;
  readonly #values = new Map<string, Value>();

  constructor(limit: number = defaultLimit) {
    this.#limit = limit;
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    // Order matters only once keys may have to go.
    if (value !== undefined && this.#values.size * 2 > this.#limit) {
      this.#values.delete(key);
      this.#values.set(key, value);
    }
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#limit) return;
    const oldest = this.#values.keys().next();
    if (!oldest.done) this.#values.delete(oldest.value);
    this.forgotten++;
  }

  delete(key: string): void {
    this.#values.delete(key);
  }

  values(): IterableIterator<Value> {
    return this.#values.values();
  }
}
