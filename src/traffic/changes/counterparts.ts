import type { ErrorAnswer } from "../../model/contract.ts";
import { keepable } from "../shortened.ts";

/** Servers told apart before the change. */
const mostServers = 5_000;
/** Where a server of after was not there before, and more than so many may stand for it, nobody knows which does. */
const mostCandidates = 20;

/** Which servers of before stand for one of after: itself, or, where it is new (staging, then production), those that speak the contract. */
export class Counterparts {
  readonly #servers = new Set<string>();
  readonly #speakers = new Set<string>();

  /** Learns of a server of before. */
  note(server: string, answer: ErrorAnswer | undefined): void {
    if (this.#servers.size < mostServers) this.#servers.add(keepable(server));
    const speaks = answer?.meetings.some(({ kind, object }) => kind === "met" && object !== undefined) === true;
    if (speaks && this.#speakers.size <= mostCandidates) this.#speakers.add(keepable(server));
  }

  of(server: string): readonly string[] {
    if (this.#servers.has(keepable(server))) return [server];
    const candidates = this.#speakers.size > 0 ? this.#speakers : this.#servers;
    return candidates.size > mostCandidates ? [] : [...candidates];
  }
}
