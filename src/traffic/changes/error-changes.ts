import type { ErrorAnswer } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Memory, Study, Studying, Watch, Witness } from "../../model/rule.ts";
import { keepable, shortened } from "../shortened.ts";
import { WeighedMemory, witnessWeight } from "../weighed-memory.ts";
import { type ComparedRequest, comparedRequest } from "./compared-request.ts";
import { Counterparts } from "./counterparts.ts";
import { type ErrorOutcome, outcomeOf } from "./error-outcome.ts";
import { type Alike, addGiven, alikeKey, SideSeen } from "./outcome-tally.ts";
import {
  type ChangeKind,
  type Served,
  type Sides,
  type Suspicion,
  suspectRole,
  suspectServed,
  suspectStatus,
  whyHidden,
} from "./suspicion.ts";
import { suspectParts } from "./suspicion-of-parts.ts";
import { UnknownTally } from "./unknown-cases.ts";

/** A change that holds, on the first answer of after that shows it. */
export type ErrorChange = Omit<Suspicion, "judge"> & { readonly on: Witness };

/** What one side answered to one request, and what is suspicious about it. */
interface Seen {
  readonly side: SideSeen;
  /** Something was answered to it on the other side too. */
  met: boolean;
  readonly suspicions: Map<string, Suspicion & { readonly on: Witness }>;
}

/** Successes that are still counted. */
interface Counted extends Served {
  samples: number;
  readonly given: Set<string>;
  readonly asked: Set<string>;
}

/** Suspicions kept of one request. */
const mostSuspicions = 20;

/** What changed in the errors of a server: all of before comes first, then all of after. */
export class ErrorChanges implements Watch {
  readonly #studying: Studying;
  readonly #seen: WeighedMemory<Seen>;
  readonly #served: Memory<Counted>;
  /** What the errors of before are like, by status, type and code. */
  readonly #usual: Memory<SideSeen>;
  readonly #counterparts = new Counterparts();
  readonly #met = new Set<string>();
  readonly #compared = new Set<string>();
  /** What cannot be judged; asked for at the end. */
  readonly unknown = new UnknownTally();
  #found: readonly ErrorChange[] = [];

  constructor(studying: Studying) {
    this.#studying = studying;
    this.#seen = new WeighedMemory(studying);
    this.#served = studying.remember(50_000);
    this.#usual = studying.remember(1_000);
  }

  /** The changes of a kind; asked for at the end. */
  of(kind: ChangeKind): ErrorChange[] {
    return this.#found.filter((change) => change.kind === kind);
  }

  /** The servers of after that answered what was answered before the change as well, one time or the other with an error. */
  get met(): ReadonlySet<string> {
    return this.#met;
  }

  /** Those of them where at least one request shows whether its status changed; asked for at the end. */
  get compared(): ReadonlySet<string> {
    return this.#compared;
  }

  exchange(exchange: Exchange, answer: ErrorAnswer | undefined): void {
    const { side } = exchange;
    if (side === undefined) return;
    const request = comparedRequest(this.#studying.contract, exchange);
    if (request === undefined) {
      if (answer !== undefined) this.unknown.add("status", exchange.request.server, "request body not captured");
      return;
    }
    if (side === "before") this.#noteBefore(exchange, answer, request);
    else this.#noteAfter(exchange, answer, request);
  }

  end(): void {
    const found: ErrorChange[] = [];
    for (const { side, met, suspicions } of this.#seen.values()) {
      if (!met) this.unknown.add("status", side.server, "no counterpart after the change");
      for (const suspicion of suspicions.values()) {
        const verdict = suspicion.judge();
        if (verdict === "held") found.push(suspicion);
        if (verdict === "held" || verdict === "refuted") this.#compared.add(side.server);
        else if (verdict !== "moot") this.unknown.add(suspicion.kind, side.server, verdict);
      }
    }
    this.#found = found;
  }

  #noteBefore(exchange: Exchange, answer: ErrorAnswer | undefined, request: ComparedRequest): void {
    const { server } = exchange.request;
    this.#counterparts.note(server, answer);
    const key = keyOf("before", server, request);
    if (answer === undefined) {
      this.#serve(key, exchange, request);
      return;
    }
    const outcome = outcomeOf(answer, request, this.#studying.mask);
    const seen = this.#seen.get(key) ?? begin(keepable(server), false);
    seen.side.add(outcome, exchange, []);
    seen.side.give(request);
    this.#hold(key, seen);
    const usual = this.#usual.get(alikeKey(outcome)) ?? new SideSeen("");
    usual.add(outcome, exchange, []);
    this.#usual.set(alikeKey(outcome), usual);
  }

  #noteAfter(exchange: Exchange, answer: ErrorAnswer | undefined, request: ComparedRequest): void {
    const { server } = exchange.request;
    const key = keyOf("after", server, request);
    if (answer === undefined) this.#serve(key, exchange, request);
    const old = this.#counterparts.of(server).filter((each) => {
      const oldKey = keyOf("before", each, request);
      return this.#seen.get(oldKey) !== undefined || this.#served.get(oldKey) !== undefined;
    });
    const [counterpart, ...others] = old;
    if (counterpart === undefined || others.length > 0) {
      const reason = counterpart === undefined ? "no counterpart before the change" : "several servers answered it before the change";
      if (answer !== undefined) this.unknown.add("status", server, reason);
      return;
    }
    const oldKey = keyOf("before", counterpart, request);
    const before = this.#seen.get(oldKey);
    if (before !== undefined) before.met = true;
    if (answer === undefined && before === undefined) return;
    this.#met.add(keepable(server));
    const seen = this.#seen.get(key) ?? begin(keepable(server), true);
    const sides: Sides = {
      labelled: request.labelled,
      before: { seen: before?.side, served: this.#served.get(oldKey) },
      after: { seen: seen.side, served: () => this.#served.get(key) },
    };
    const suspected = [...this.#suspect(sides, exchange, answer, request)];
    if (suspected[0]?.kind !== "status") this.#compared.add(keepable(server));
    for (const suspicion of suspected) {
      const name = JSON.stringify([suspicion.kind, suspicion.what]);
      if (seen.suspicions.size >= mostSuspicions || seen.suspicions.has(name)) continue;
      seen.suspicions.set(name, { ...suspicion, on: this.#studying.witness(answer ?? exchange, suspicion.place) });
    }
    if (answer !== undefined || seen.suspicions.size > 0) this.#hold(key, seen);
  }

  *#suspect(sides: Sides, exchange: Exchange, answer: ErrorAnswer | undefined, request: ComparedRequest): Generator<Suspicion> {
    if (answer === undefined) {
      const served = suspectServed(sides, exchange.response.status);
      if (served !== undefined) yield served;
      return;
    }
    const outcome = outcomeOf(answer, request, this.#studying.mask);
    const old = sides.before.seen?.alike.get(alikeKey(outcome));
    const after = sides.after.seen.add(outcome, exchange, old?.fields.keys() ?? []);
    sides.after.seen.give(request);
    const first =
      suspectStatus(sides, outcome) ?? suspectRole(sides, outcome, "type", answer) ?? suspectRole(sides, outcome, "code", answer);
    if (first !== undefined) yield first;
    else if (old !== undefined) yield* suspectParts({ before: old, usual: this.#usualOf(outcome), after }, outcome, answer);
    const hidden = whyHidden(sides, outcome, answer);
    if (hidden !== undefined) this.unknown.add("type", exchange.request.server, hidden);
  }

  #usualOf(outcome: ErrorOutcome): Alike | undefined {
    return this.#usual.get(alikeKey(outcome))?.alike.get(alikeKey(outcome));
  }

  #serve(key: string, { response, origin }: Exchange, request: ComparedRequest): void {
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

  #hold(key: string, seen: Seen): void {
    this.#seen.set(key, seen, seen.side.weight + seen.suspicions.size * witnessWeight);
  }
}

/** What changed in the errors of a server between two captures. */
export const errorChanges: Study<ErrorChanges> = (studying) => new ErrorChanges(studying);

function keyOf(side: "before" | "after", server: string, { key }: ComparedRequest): string {
  return `${side} ${shortened(server)} ${key}`;
}

function begin(server: string, met: boolean): Seen {
  return { side: new SideSeen(server), met, suspicions: new Map() };
}
