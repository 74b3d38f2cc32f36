import type { ErrorAnswer, Operation } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Studying, Watch } from "../../model/rule.ts";
import { AccountPeriods } from "../masking/account-periods.ts";
import { precedes } from "../moment.ts";
import { digest } from "../request-fingerprint.ts";
import { shortened } from "../shortened.ts";
import { WeighedMemory, witnessWeight } from "../weighed-memory.ts";
import { type KeyUse, outcomeOf, readKeyUse } from "./key-use.ts";

/** The use an exchange makes of a key, and the uses of the same key that were noted before it. */
export interface NotedUse {
  readonly operation: Operation;
  readonly use: KeyUse;
  readonly others: readonly KeyUse[];
}

/** Uses kept for one key. */
const limit = 8;
/** Milliseconds a key is taken to be remembered by a server whose contract does not say. */
const usualRetention = 24 * 3_600_000;

/** The uses of every key, by server and operation, over all captures. */
export class KeyUses implements Watch {
  /** When each account used keys. */
  readonly periods: AccountPeriods;
  readonly #studying: Studying;
  readonly #uses: WeighedMemory<KeyUse[]>;
  #noted: NotedUse | undefined;

  constructor(studying: Studying) {
    this.#studying = studying;
    this.#uses = new WeighedMemory(studying);
    this.periods = new AccountPeriods(studying);
  }

  exchange(exchange: Exchange, answer: ErrorAnswer | undefined): void {
    this.#noted = this.#note(exchange, answer);
  }

  /** What the exchange of this turn makes of a key; undefined = nothing that the contract speaks of, or its answer says nothing of the key. */
  get noted(): NotedUse | undefined {
    return this.#noted;
  }

  /**
   * The pairs that a new use makes with those that fit: the earliest stands for the key, so there are several only where the new one is
   * earlier than all. `concurrent`: also with one that was under way at the same time.
   */
  pairsOf(
    { use, others }: NotedUse,
    fits: (earlier: KeyUse, later: KeyUse) => boolean,
    concurrent = false,
  ): (readonly [earlier: KeyUse, later: KeyUse])[] {
    const sorted = [...others].sort((a, b) => (precedes(a.moment, b.moment) ? -1 : precedes(b.moment, a.moment) ? 1 : 0));
    const isBefore = (a: KeyUse, b: KeyUse) => precedes(a.moment, b.moment) && this.#isKept(a, b);
    const earlier = sorted.find((other) => (isBefore(other, use) || (concurrent && areConcurrent(other, use))) && fits(other, use));
    if (earlier !== undefined) return [[earlier, use]];
    return sorted.filter((other) => isBefore(use, other) && fits(use, other)).map((later) => [use, later] as const);
  }

  #note(exchange: Exchange, answer: ErrorAnswer | undefined): NotedUse | undefined {
    const { contract, witness } = this.#studying;
    const { request } = exchange;
    const duty = contract.idempotency?.dutyOf(request);
    const key = duty && contract.idempotency?.keyOf(request).key;
    if (duty === undefined || key === undefined || key.trim() === "") return undefined;
    this.periods.note(exchange);
    const outcome = outcomeOf(contract, exchange, answer);
    if (outcome === "passing") return undefined;
    const place = `${shortened(request.server)}\n${duty.operation.name}\n${digest(key)}`;
    const uses = this.#uses.get(place) ?? [];
    const others = [...uses];
    const isRoom = uses.length < limit;
    const on = answer ?? exchange;
    const blamesParam = answer?.meetings.some(({ object }) => object?.role("param") !== undefined) ?? false;
    // Whoever is not kept can be read in its turn, and is not asked for later.
    const use = readKeyUse(contract, exchange, { outcome, blamesParam, on: isRoom ? witness(on, { kind: "status" }) : on });
    if (isRoom) uses.push(use);
    this.#uses.set(place, uses, uses.length * witnessWeight);
    return { operation: duty.operation, use, others };
  }

  /** Is the key still remembered when it is used again? */
  #isKept({ moment: { endedAt } }: KeyUse, { moment: { startedAt } }: KeyUse): boolean {
    const retention = this.#studying.contract.idempotency?.retention ?? usualRetention;
    return endedAt === undefined || startedAt === undefined || startedAt - endedAt <= retention;
  }
}

/** One for all rules. */
export function keyUses(studying: Studying): KeyUses {
  return new KeyUses(studying);
}

function areConcurrent(a: KeyUse, b: KeyUse): boolean {
  const isTimed = [a, b].every(({ moment }) => moment.endedAt !== undefined);
  return isTimed && !precedes(a.moment, b.moment) && !precedes(b.moment, a.moment);
}
