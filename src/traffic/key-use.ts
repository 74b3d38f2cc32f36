import { type Contract, type ErrorAnswer, type Row, rowsLeft } from "../model/contract.ts";
import type { Account, Exchange } from "../model/exchange.ts";
import type { Watching, Witness } from "../model/rule.ts";
import { splitPointer } from "../syntax/json-pointer.ts";
import { encodeSegment } from "../syntax/path-segment.ts";
import { type BodyDigest, digestBody } from "./body-digest.ts";
import { type Moment, momentOf, precedes } from "./moment.ts";
import { digest, requestFingerprint } from "./request-fingerprint.ts";
import { identityOf, keepableIdentity, type ResourceIdentity } from "./resource-identity.ts";
import { shortened } from "./shortened.ts";
import { WeighedMemory, witnessWeight } from "./weighed-memory.ts";

/** One request that carried an idempotency key, and what came of it. */
export interface KeyUse {
  readonly account: Account | undefined;
  readonly moment: Moment;
  /** undefined: the body was not captured. */
  readonly fingerprint: string | undefined;
  /** The path names what the answer is about, or the answer names nothing. */
  readonly namesItself: boolean;
  readonly status: number;
  /**
   * `done`: 2xx; `refused`: an error that a server may store with the key; `reuse`: the contract's answer to a key that belongs to another
   * request; `passing`: an answer that says nothing of the key: limits, authentication, faults of the server, still in flight.
   */
  readonly outcome: "done" | "refused" | "reuse" | "passing";
  readonly rows: readonly Row[];
  /** The error names a parameter it is about. */
  readonly blamesParam: boolean;
  readonly identity: ResourceIdentity;
  readonly body: BodyDigest | undefined;
  readonly witness: Witness;
}

/** Uses kept for one key. */
const limit = 8;
/** Milliseconds a key is taken to be remembered by a server whose contract does not say. */
const usualRetention = 24 * 3_600_000;

/** The uses of every key, by server and operation, over all captures. */
export class KeyUses {
  readonly #contract: Contract;
  readonly #witness: Watching["witness"];
  readonly #uses: WeighedMemory<KeyUse[]>;
  readonly #volatile: ReadonlySet<string>;

  constructor({ contract, remember, witness }: Pick<Watching, "contract" | "remember" | "witness">) {
    this.#contract = contract;
    this.#witness = witness;
    this.#uses = new WeighedMemory({ remember });
    const sources = contract.envelopes.flatMap((envelope) => envelope.members.requestId ?? []);
    this.#volatile = new Set(sources.flatMap((source) => splitPointer(source.replace(/^#/, "")).at(-1) ?? []));
  }

  /** The use an exchange makes of a key, and the uses of the same key noted before; undefined = it makes none that the contract speaks of. */
  note(exchange: Exchange, answer: ErrorAnswer | undefined): { readonly use: KeyUse; readonly others: readonly KeyUse[] } | undefined {
    const { request } = exchange;
    const duty = this.#contract.idempotency?.dutyOf(request);
    const key = duty && this.#contract.idempotency?.keyOf(request).key;
    if (duty === undefined || key === undefined || key.trim() === "") return undefined;
    const place = `${shortened(request.server)}\n${duty.operation.name}\n${digest(key)}`;
    const uses = this.#uses.get(place) ?? [];
    const others = [...uses];
    const use = this.#read(exchange, answer);
    // An answer that says nothing of the key makes no pair.
    if (use.outcome !== "passing" && uses.length < limit) uses.push(use);
    if (uses.length > 0) this.#uses.set(place, uses, uses.length * witnessWeight);
    return { use, others };
  }

  #read(exchange: Exchange, answer: ErrorAnswer | undefined): KeyUse {
    const { request, response, account } = exchange;
    const rows = answer?.meetings.flatMap(rowsLeft) ?? [];
    const identity = identityOf(response);
    return {
      account,
      moment: momentOf(exchange),
      fingerprint: requestFingerprint(request),
      namesItself: namesItself(request.path, identity),
      status: response.status,
      outcome: outcomeOf(this.#contract, response.status, answer, rows),
      rows,
      blamesParam: answer?.meetings.some(({ object }) => object?.role("param") !== undefined) ?? false,
      identity: keepableIdentity(identity),
      body: digestBody(response.body, this.#volatile),
      witness: this.#witness(answer ?? exchange, { kind: "status" }),
    };
  }

  /**
   * The pairs that a new use makes with those that fit: the earliest stands for the key, so there are several only where the new one is
   * earlier than all. `concurrent`: also with one that was under way at the same time.
   */
  pairsOf(
    use: KeyUse,
    others: readonly KeyUse[],
    fits: (earlier: KeyUse, later: KeyUse) => boolean,
    concurrent = false,
  ): (readonly [earlier: KeyUse, later: KeyUse])[] {
    const sorted = [...others].sort((a, b) => (precedes(a.moment, b.moment) ? -1 : precedes(b.moment, a.moment) ? 1 : 0));
    const isBefore = (a: KeyUse, b: KeyUse) => precedes(a.moment, b.moment) && this.#isKept(a, b);
    const earlier = sorted.find((other) => (isBefore(other, use) || (concurrent && areConcurrent(other, use))) && fits(other, use));
    if (earlier !== undefined) return [[earlier, use]];
    return sorted.filter((other) => isBefore(use, other) && fits(use, other)).map((later) => [use, later] as const);
  }

  /** Is the key still remembered when it is used again? */
  #isKept({ moment: { endedAt } }: KeyUse, { moment: { startedAt } }: KeyUse): boolean {
    const retention = this.#contract.idempotency?.retention ?? usualRetention;
    return endedAt === undefined || startedAt === undefined || startedAt - endedAt <= retention;
  }
}

/** One account by its credential; without one, one capture. */
export function ofOneAccount(a: KeyUse, b: KeyUse): boolean {
  if (a.account === undefined || b.account === undefined)
    return a.account === b.account && a.moment.origin.capture === b.moment.origin.capture;
  return a.account.id === b.account.id;
}

function namesItself(path: string, { id, location }: ResourceIdentity): boolean {
  const name = id ?? location?.split("/").at(-1) ?? "";
  return name === "" || path.split("/").includes(encodeSegment(name));
}

function areConcurrent(a: KeyUse, b: KeyUse): boolean {
  const isTimed = [a, b].every(({ moment }) => moment.startedAt !== undefined && moment.endedAt !== undefined);
  return isTimed && !precedes(a.moment, b.moment) && !precedes(b.moment, a.moment);
}

function outcomeOf(contract: Contract, status: number, answer: ErrorAnswer | undefined, rows: readonly Row[]): KeyUse["outcome"] {
  if (answer === undefined) return status >= 200 && status < 300 ? "done" : "passing";
  if (answer.gateway !== undefined || status >= 500 || [401, 407, 408, 425, 429].includes(status)) return "passing";
  const { idempotency, authentication } = contract;
  const passing = [idempotency?.missing, idempotency?.inFlight, authentication.missing, authentication.invalid];
  if (rows.some((row) => passing.includes(row))) return "passing";
  return idempotency?.reuse !== undefined && rows.includes(idempotency.reuse) ? "reuse" : "refused";
}
