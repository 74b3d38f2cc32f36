import type { ErrorAnswer } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Memory, Study, Studying, Watch, Witness } from "../../model/rule.ts";
import { keepable, shortened } from "../shortened.ts";
import { suspectAmongIds } from "./among-ids.ts";
import { Answers, type Pair } from "./answers.ts";
import { type ComparedRequest, comparedRequest } from "./compared-request.ts";
import { Counterparts } from "./counterparts.ts";
import { type ErrorOutcome, outcomeOf } from "./error-outcome.ts";
import { type Alike, alikeKey, SideSeen } from "./outcome-tally.ts";
import { type Noted, settle } from "./settle.ts";
import { type ReadError, suspectAnswer } from "./suspect-answer.ts";
import { type ChangeKind, type Sides, type Suspicion, whyHidden } from "./suspicion.ts";
import { UnknownTally } from "./unknown-cases.ts";

/** A change that holds, on the first answer of after that shows it. */
export type ErrorChange = Omit<Suspicion, "judge" | "samples"> & { readonly on: Witness };

/** Suspicions kept of one request. */
const mostSuspicions = 20;

/** What both sides answered to an identical request. */
type Twin = Pair & { readonly key: string };

/**
 * What changed in the errors of a server: all of before comes first, then all of after. Requests are compared without their ids, which differ
 * from run to run; those that are identical, beside that, each with itself.
 */
export class ErrorChanges implements Watch {
  readonly #studying: Studying;
  /** To requests that differ in nothing but their ids. */
  readonly #alike: Answers;
  /** To identical requests: of after, those that were sent before. A memory of its own: ids are many, and may crowd out nothing else. */
  readonly #identical: Answers;
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
    this.#alike = new Answers(studying, 50_000);
    this.#identical = new Answers(studying, 20_000);
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
    const suspicions = (answers: Answers) => [...answers.values()].flatMap((seen) => [...seen.suspicions.values()]);
    for (const { side, met } of this.#alike.values()) if (!met) this.unknown.add("status", side.server, "no counterpart after the change");
    const { found, doubtful, decided } = settle(suspicions(this.#alike), suspicions(this.#identical));
    for (const { on } of decided) this.#compared.add(keepable(on.server));
    for (const [{ kind, on }, reason] of doubtful) this.unknown.add(kind, on.server, reason);
    this.#found = found;
  }

  #noteBefore(exchange: Exchange, answer: ErrorAnswer | undefined, request: ComparedRequest): void {
    const { server } = exchange.request;
    this.#counterparts.note(server, answer);
    const outcome = answer && outcomeOf(answer, request, this.#studying.mask);
    this.#alike.noteBefore(keyOf("before", server, request.key), exchange, request, outcome);
    if (request.exact !== undefined) this.#identical.noteBefore(keyOf("before", server, request.exact), exchange, request, outcome);
    if (outcome === undefined) return;
    const usual = this.#usual.get(alikeKey(outcome)) ?? new SideSeen("");
    usual.add(outcome, exchange, []);
    this.#usual.set(alikeKey(outcome), usual);
  }

  #noteAfter(exchange: Exchange, answer: ErrorAnswer | undefined, request: ComparedRequest): void {
    const { server } = exchange.request;
    const key = keyOf("after", server, request.key);
    if (answer === undefined) this.#alike.serve(key, exchange, request);
    const old = this.#counterparts.of(server).filter((each) => this.#alike.knows(keyOf("before", each, request.key)));
    const [counterpart, ...others] = old;
    if (counterpart === undefined || others.length > 0) {
      const reason = counterpart === undefined ? "no counterpart before the change" : "several servers answered it before the change";
      if (answer !== undefined) this.unknown.add("status", server, reason);
      return;
    }
    const all = this.#alike.pair(keyOf("before", counterpart, request.key), key, exchange, request.labelled);
    const twin = this.#twinOf(exchange, answer, request, counterpart);
    if (all.before !== undefined) all.before.met = true;
    if (answer === undefined && all.before === undefined) return;
    this.#met.add(keepable(server));
    const outcome = answer && outcomeOf(answer, request, this.#studying.mask);
    if (outcome !== undefined) for (const { sides } of twin ? [all, twin] : [all]) addAnswer(sides, outcome, exchange, request);
    all.after.shifts.note(outcome, twin?.sides);
    const error = answer && outcome && { answer, outcome, usual: this.#usualOf(outcome) };
    this.#suspect(all, twin, exchange, error);
    this.#alike.hold(key, all.after);
    if (twin !== undefined && (error !== undefined || twin.after.suspicions.size > 0)) this.#identical.hold(twin.key, twin.after);
  }

  /** The answers to the identical request, where it was sent before; a success is counted. */
  #twinOf(exchange: Exchange, answer: ErrorAnswer | undefined, request: ComparedRequest, counterpart: string): Twin | undefined {
    if (request.exact === undefined) return undefined;
    const [oldKey, key] = [keyOf("before", counterpart, request.exact), keyOf("after", exchange.request.server, request.exact)];
    if (!this.#identical.knows(oldKey)) return undefined;
    if (answer === undefined) this.#identical.serve(key, exchange, request);
    // A scenario of several ids names the state of none.
    return { key, ...this.#identical.pair(oldKey, key, exchange, false) };
  }

  #suspect(all: Pair, twin: Twin | undefined, exchange: Exchange, error: ReadError | undefined): void {
    const { server } = exchange.request;
    const on = error?.answer ?? exchange;
    const among = suspectAnswer(all.sides, exchange, error);
    const noted = this.#note(all, among, on);
    const own = twin && suspectAnswer(twin.sides, exchange, error);
    if ((own ?? among)[0]?.kind !== "status") this.#compared.add(keepable(server));
    const ofTwin = twin && own && this.#note(twin, suspectAmongIds(own, among, error?.outcome, { twin, all }), on);
    for (const each of noted) {
      each.isAlone ||= ofTwin === undefined || ofTwin.length === 0;
      for (const one of ofTwin ?? []) one.amongIds.add(each);
    }
    const hidden = error && (whyHidden(all.sides, error) ?? (twin && whyHidden(twin.sides, error)));
    if (hidden !== undefined) this.unknown.add("type", server, hidden);
  }

  /** Keeps suspicions; those that are kept, now or before. */
  #note({ after: { suspicions } }: Pair, raised: readonly Suspicion[], on: Exchange | ErrorAnswer): Noted[] {
    return raised.flatMap((suspicion) => {
      const name = JSON.stringify([suspicion.kind, suspicion.what]);
      const known = suspicions.get(name);
      if (known !== undefined || suspicions.size >= mostSuspicions) return known ?? [];
      const noted = { ...suspicion, on: this.#studying.witness(on, suspicion.place), amongIds: new Set<Noted>(), isAlone: false };
      suspicions.set(name, noted);
      return noted;
    });
  }

  #usualOf(outcome: ErrorOutcome): Alike | undefined {
    return this.#usual.get(alikeKey(outcome))?.alike.get(alikeKey(outcome));
  }
}

/** What changed in the errors of a server between two captures. */
export const errorChanges: Study<ErrorChanges> = (studying) => new ErrorChanges(studying);

function keyOf(side: "before" | "after", server: string, key: string): string {
  return `${side} ${shortened(server)} ${key}`;
}

/** Counts an error of after; the fields that the same had before are looked for in it. */
function addAnswer({ before, after }: Sides, outcome: ErrorOutcome, exchange: Exchange, request: ComparedRequest): void {
  after.seen.add(outcome, exchange, before.seen?.alike.get(alikeKey(outcome))?.fields.keys() ?? []);
  after.seen.give(request);
}
