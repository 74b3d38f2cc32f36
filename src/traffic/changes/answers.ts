import type { Exchange } from "../../model/exchange.ts";
import type { Memory, Studying } from "../../model/rule.ts";
import { keepable } from "../shortened.ts";
import { WeighedMemory, witnessWeight } from "../weighed-memory.ts";
import type { ComparedRequest } from "./compared-request.ts";
import type { ErrorOutcome } from "./error-outcome.ts";
import { IdShifts } from "./id-shifts.ts";
import { addGiven, SideSeen } from "./outcome-tally.ts";
import type { Noted } from "./settle.ts";
import type { Served, Sides } from "./suspicion.ts";

/** What one side answered to one request, and what is suspicious about it. */
export interface Seen {
  readonly side: SideSeen;
  /** Something was answered to it on the other side too. */
  met: boolean;
  readonly suspicions: Map<string, Noted>;
  /** Which of its answers are those of other ids than before. */
  readonly shifts: IdShifts;
}

/** What both sides answered to one request. */
export interface Pair {
  readonly before: Seen | undefined;
  readonly after: Seen;
  readonly sides: Sides;
}

/** Successes that are still counted. */
interface Counted extends Served {
  samples: number;
  readonly given: Set<string>;
  readonly asked: Set<string>;
}

/** What was answered to the requests of each key, on either side. */
export class Answers {
  readonly #seen: WeighedMemory<Seen>;
  readonly #served: Memory<Counted>;

  /** `mostServed`: requests of which successes are remembered. */
  constructor(studying: Studying, mostServed: number) {
    this.#seen = new WeighedMemory(studying);
    this.#served = studying.remember(mostServed);
  }

  /** Learns what was answered before the change; `outcome` where it was an error. */
  noteBefore(key: string, exchange: Exchange, request: ComparedRequest, outcome: ErrorOutcome | undefined): void {
    if (outcome === undefined) {
      this.serve(key, exchange, request);
      return;
    }
    const seen = this.#seen.get(key) ?? begin(exchange, false);
    seen.side.add(outcome, exchange, []);
    seen.side.give(request);
    this.hold(key, seen);
  }

  knows(key: string): boolean {
    return this.#seen.get(key) !== undefined || this.#served.get(key) !== undefined;
  }

  /** Counts a success. */
  serve(key: string, { response, origin }: Exchange, request: ComparedRequest): void {
    const known = this.#served.get(key);
    if (known === undefined) {
      const { capture, entry, offset } = origin;
      const [given, asked] = [new Set([request.given]), new Set([request.asked])];
      this.#served.set(key, { status: response.status, first: { capture, entry, offset }, samples: 1, given, asked });
      return;
    }
    known.samples++;
    addGiven(known, request);
  }

  /** The answers of before to a request, and those of after so far. */
  pair(oldKey: string, key: string, exchange: Exchange, labelled: boolean): Pair {
    const before = this.#seen.get(oldKey);
    const after = this.#seen.get(key) ?? begin(exchange, true);
    return {
      before,
      after,
      sides: {
        labelled,
        before: { seen: before?.side, served: this.#served.get(oldKey) },
        after: { seen: after.side, served: () => this.#served.get(key) },
      },
    };
  }

  hold(key: string, seen: Seen): void {
    this.#seen.set(key, seen, seen.side.weight + seen.suspicions.size * witnessWeight);
  }

  values(): Iterable<Seen> {
    return this.#seen.values();
  }
}

function begin({ request: { server } }: Exchange, met: boolean): Seen {
  return { side: new SideSeen(keepable(server)), met, suspicions: new Map(), shifts: new IdShifts() };
}
