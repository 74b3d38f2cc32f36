import type { Exchange } from "../../model/exchange.ts";
import type { Memory, Watching } from "../../model/rule.ts";
import { insertSorted } from "../insert-sorted.ts";
import type { Attempt, ChangeCounts, Step } from "./attempt.ts";

/** Times kept for each client; what was before the oldest of them is not known. */
const limit = 1_000;

interface Changes {
  /** When they began and ended, sorted. */
  readonly times: number[];
  count: number;
  unknownBefore: number;
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

export function isSafe({ method }: { readonly method: string }): boolean {
  return safeMethods.has(method);
}

/** When each client changed something: unsafe requests that succeeded. Any of them may have removed the cause of an error. */
export class StateChanges {
  readonly #changes: Memory<Changes>;
  #timeline = 0;
  /** What was counted last, until something changes. */
  #counted: ChangeCounts | undefined;

  constructor({ remember }: Pick<Watching, "remember">) {
    this.#changes = remember(1_000);
  }

  /** `who`: the client, or what else it may matter to. */
  note(who: string, { startedAt, endedAt }: Exchange): void {
    this.#counted = undefined;
    const key = `${this.#timeline} ${who}`;
    let changes = this.#changes.get(key);
    if (changes === undefined) {
      changes = { times: [], count: 0, unknownBefore: Number.NEGATIVE_INFINITY };
      this.#changes.set(key, changes);
    }
    changes.count++;
    for (const time of [startedAt, endedAt]) if (time !== undefined) insertSorted(changes.times, time);
    while (changes.times.length > limit) changes.unknownBefore = Math.max(changes.unknownBefore, changes.times.shift() as number);
  }

  /** How many were noted so far, of one and of some others; asked for again before another is noted, it is the same map. */
  countsOf(who: string, others: readonly string[]): ChangeCounts {
    const counted = this.#counted;
    if (counted?.has(who) && others.every((other) => counted.has(other))) return counted;
    const count = (each: string) => [each, this.#changes.get(`${this.#timeline} ${each}`)?.count ?? 0] as const;
    const counts = new Map([count(who), ...others.map(count)]);
    this.#counted = counts;
    return counts;
  }

  /** Did something change within so many milliseconds before an attempt? */
  isShortlyBefore(who: string, { moment: { startedAt: start = Number.NaN } }: Attempt, within: number): boolean {
    const times = this.#changes.get(`${this.#timeline} ${who}`)?.times ?? [];
    return times.some((time) => time <= start && time >= start - within);
  }

  /** Did something change, or may it have, after the one attempt was sent and before the other was? */
  isBetween(who: string, { from, to }: Pick<Step, "from" | "to">): boolean {
    const changes = this.#changes.get(`${this.#timeline} ${who}`);
    if (changes === undefined) return false;
    // What was done is a change itself.
    const first = from.outcome === "done" ? after(from.moment.endedAt) : from.moment.startedAt;
    const { startedAt: second } = to.moment;
    if (first === undefined || second === undefined) return from.changesBefore.get(who) !== to.changesBefore.get(who);
    return first <= changes.unknownBefore || changes.times.some((time) => time >= first && time < second);
  }

  /** Begins a new timeline. */
  forget(): void {
    this.#timeline++;
    this.#counted = undefined;
  }
}

function after(time: number | undefined): number | undefined {
  return time === undefined ? undefined : time + 0.001;
}
