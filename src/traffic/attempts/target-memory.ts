import type { Memory, Watching } from "../../model/rule.ts";
import { witnessWeight } from "../weighed-memory.ts";
import type { Attempt } from "./attempt.ts";
import { reachOf } from "./attempt-step.ts";

/** What all attempts may weigh together. */
const budget = 10_000;
/** From this weight on what is long over goes first. */
const crowd = 3_000;
/** Attempts kept of one request; what comes after begins anew. */
const mostAttempts = 200;

/** What was asked for, by whom, and the attempts at it. */
export interface Target {
  readonly client: string;
  readonly server: string;
  /** Nothing is needed to ask for it. */
  readonly isPublic: boolean;
  /** When it had been answered without error, before the attempts. */
  readonly successes: readonly number[];
  readonly attempts: Attempt[];
  /** How many of the first of them no attempt can belong to that is later than all before it. */
  past: number;
}

/** Targets that something went wrong with. What is let go is handed over first, so that it is judged by what is known. */
export class TargetMemory {
  readonly #targets = new Map<number, Target>();
  readonly #forgotten: Memory<true>;
  readonly #release: (target: Target) => void;
  #weight = 0;

  constructor({ remember }: Pick<Watching, "remember">, release: (target: Target) => void) {
    // Holds nothing: what is put there is forgotten at once, and so counted.
    this.#forgotten = remember<true>(0);
    this.#release = release;
  }

  get(key: number): Target | undefined {
    return this.#targets.get(key);
  }

  /** So many are kept that those that are long over should go. */
  get isCrowded(): boolean {
    return this.#weight > crowd;
  }

  /** Each, and what it is kept by; what was added to least recently comes first. */
  [Symbol.iterator](): IterableIterator<[key: number, target: Target]> {
    return this.#targets.entries();
  }

  /** Adds an attempt; the target becomes the youngest. What is let go is forgotten only where more of it might have come. */
  add(key: number, target: Target, attempt: Attempt): void {
    const now = attempt.moment.startedAt;
    this.#targets.delete(key);
    this.#targets.set(key, target);
    target.attempts.push(attempt);
    this.#weight += weightOf(attempt);
    if (target.attempts.length >= mostAttempts) this.#forget(key, now);
    while (this.#weight > budget) this.#forget(this.#targets.keys().next().value as number, now);
  }

  /** Hands over a target of which nothing more can come. */
  close(key: number): void {
    const target = this.#targets.get(key);
    if (target === undefined) return;
    this.#targets.delete(key);
    for (const attempt of target.attempts) this.#weight -= weightOf(attempt);
    this.#release(target);
  }

  closeAll(): void {
    for (const key of [...this.#targets.keys()]) this.close(key);
  }

  #forget(key: number, now: number | undefined): void {
    if (this.#targets.get(key)?.attempts.some((attempt) => isOpen(attempt, now))) this.#forgotten.set(String(key), true);
    this.close(key);
  }
}

/** Might another attempt that is near in time come before or after it? */
function isOpen(attempt: Attempt, now: number | undefined): boolean {
  const { startedAt, endedAt } = attempt.moment;
  if (attempt.outcome === "done") return false;
  if (now === undefined || startedAt === undefined || endedAt === undefined) return true;
  return Math.max(now - endedAt, startedAt - now) <= reachOf(attempt);
}

function weightOf({ witness }: Attempt): number {
  return witness === undefined ? 1 : witnessWeight;
}
