import type { Memory, Watching } from "../../model/rule.ts";
import { insertSorted } from "../insert-sorted.ts";

/** A window that held more requests than it may: when the first and the last of them began, in milliseconds. */
export interface CrowdedWindow {
  readonly first: number;
  readonly last: number;
}

/** When the requests of one scope began, in order, and the end of the window given last. */
interface Scope {
  readonly timeline: string;
  readonly starts: number[];
  givenUntil: number;
}

/** Requests by what counts them together, held against what any window of time may hold. */
export class SlidingWindows {
  readonly #most: number;
  readonly #length: number;
  readonly #scopes: Memory<Scope>;

  /** `length` in seconds. */
  constructor({ remember }: Pick<Watching, "remember">, most: number, length: number) {
    this.#most = most;
    this.#length = length * 1000;
    this.#scopes = remember();
  }

  /** Adds a request, which may have begun before others; gives the window that holds too many with it, unless one that overlaps was given. */
  add(timeline: string, name: string, start: number): CrowdedWindow | undefined {
    const scope = this.#scopeOf(timeline, name);
    const { starts } = scope;
    const crowded = this.#crowdedAt(insertSorted(starts, start), start, scope);
    if (crowded !== undefined) scope.givenUntil = crowded.last;
    if (starts.length > 4 * this.#most + 1000) starts.splice(0, starts.length - 2 * this.#most - 500);
    return crowded;
  }

  /** One timeline ends before the next begins. */
  #scopeOf(timeline: string, name: string): Scope {
    const known = this.#scopes.get(name);
    if (known?.timeline === timeline) return known;
    const scope: Scope = { timeline, starts: [], givenUntil: Number.NEGATIVE_INFINITY };
    this.#scopes.set(name, scope);
    return scope;
  }

  /** A window that holds a request holds too many if its first and last are `most` apart. */
  #crowdedAt(index: number, start: number, { starts, givenUntil }: Scope): CrowdedWindow | undefined {
    for (let at = Math.max(index, this.#most); at < starts.length; at++) {
      const first = starts[at - this.#most] as number;
      const last = starts[at] as number;
      if (first > start) return undefined;
      if (last - first < this.#length && first >= givenUntil) return { first, last };
    }
    return undefined;
  }
}
