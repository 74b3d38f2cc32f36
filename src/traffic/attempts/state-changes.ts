import type { Exchange } from "../../model/exchange.ts";
import type { Memory, Watching } from "../../model/rule.ts";
import { insertSorted } from "../insert-sorted.ts";
import type { Attempt } from "./attempt.ts";

/** Times kept for each client; what was before the oldest of them is not known. */
const limit = 1_000;

interface Changes {
  /** When they began and ended, sorted. */
  readonly times: number[];
  count: number;
  unknownBefore: number;
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

export function isSafe({ request }: Exchange): boolean {
  return safeMethods.has(request.method);
}

/** When each client changed something: unsafe requests that succeeded. Any of them may have removed the cause of an error. */
export class StateChanges {
  readonly #changes: Memory<Changes>;
  #timeline = 0;

  constructor({ remember }: Pick<Watching, "remember">) {
    this.#changes = remember(1_000);
  }

  note(client: string, { startedAt, endedAt }: Exchange): void {
    const key = `${this.#timeline} ${client}`;
    let changes = this.#changes.get(key);
    if (changes === undefined) {
      changes = { times: [], count: 0, unknownBefore: Number.NEGATIVE_INFINITY };
      this.#changes.set(key, changes);
    }
    changes.count++;
    for (const time of [startedAt, endedAt]) if (time !== undefined) insertSorted(changes.times, time);
    while (changes.times.length > limit) changes.unknownBefore = changes.times.shift() as number;
  }

  /** How many were noted so far. */
  countOf(client: string): number {
    return this.#changes.get(`${this.#timeline} ${client}`)?.count ?? 0;
  }

  /** Did the client change something, or may it have, after the one attempt was sent and before the other was? */
  isBetween(client: string, { from, to }: { readonly from: Attempt; readonly to: Attempt }): boolean {
    const changes = this.#changes.get(`${this.#timeline} ${client}`);
    if (changes === undefined) return false;
    // What was done is a change itself.
    const first = from.outcome === "done" ? after(from.moment.endedAt) : from.moment.startedAt;
    const { startedAt: second } = to.moment;
    if (first === undefined || second === undefined) return from.changesBefore !== to.changesBefore;
    return first <= changes.unknownBefore || changes.times.some((time) => time >= first && time < second);
  }

  /** Begins a new timeline. */
  forget(): void {
    this.#timeline++;
  }
}

function after(time: number | undefined): number | undefined {
  return time === undefined ? undefined : time + 0.001;
}
