import type { Contract, ErrorAnswer, Masking, Resource } from "../../model/contract.ts";
import type { Exchange, Origin } from "../../model/exchange.ts";
import type { Studying, Watch } from "../../model/rule.ts";
import { type Moment, momentOf, type Period, periodOf, precedes, widen } from "../moment.ts";
import { shortened } from "../shortened.ts";
import { WeighedMemory, witnessWeight } from "../weighed-memory.ts";

/** One account was refused one masked resource. */
export interface Refusal<Facts> {
  readonly account: string;
  readonly moment: Moment;
  readonly masking: Masking;
  readonly facts: Facts;
}

/** A refusal of a resource that surely exists: somebody else was served it before and after, and the asker never was. */
export interface ForeignRefusal<Facts> extends Refusal<Facts> {
  /** The exchanges that prove it. */
  readonly proof: readonly Origin[];
}

/** What is known of one id. */
interface Sighted {
  /** The first and the last time each account was served it; of more accounts than the limit only some. */
  readonly served: Map<string, Period>;
  /** So many accounts were served it that it is nobody's own. */
  isShared: boolean;
  /** By the rule that keeps them. */
  readonly refusals: Map<object, Refusal<unknown>[]>;
  /** Refusals of all rules. */
  kept: number;
}

/** The account of a request without a known credential. */
const unknown = "";

/** Kept for one id: accounts served it, refusals of one account, refusals in all; the refusals for each rule. */
const limits = { served: 8, refusalsOfOne: 8, refusals: 16 } as const;

/** Who was served and who was refused which masked resource, over all captures. Judged when all is seen, since captures come in any order. */
export class MaskedTraffic implements Watch {
  readonly #contract: Contract;
  readonly #sighted: WeighedMemory<Sighted>;

  constructor(studying: Pick<Studying, "contract" | "remember">) {
    this.#contract = studying.contract;
    this.#sighted = new WeighedMemory(studying);
  }

  /** Notes who was served what. Cheap for an exchange that asks for no masked resource. */
  exchange(exchange: Exchange, answer: ErrorAnswer | undefined): void {
    const { account, request, response } = exchange;
    if (answer !== undefined || response.status < 200 || response.status > 299 || request.method === "OPTIONS") return;
    const resources = this.#contract.resourcesOf(request);
    if (resources.length === 0) return;
    const asker = account?.id ?? unknown;
    for (const resource of resources) {
      const key = keyOf(request.server, resource);
      const sighted = this.#sightedOf(key);
      const known = sighted.served.get(asker);
      if (known !== undefined) widen(known, exchange);
      else if (sighted.served.size < limits.served) sighted.served.set(asker, periodOf(exchange));
      else sighted.isShared = true;
      this.#keep(key, sighted);
    }
  }

  /** Opens a book of refusals, for one rule. */
  open<Facts>(): Refusals<Facts> {
    const book = {};
    const all = () =>
      [...this.#sighted.values()].map((sighted) => ({ ...sighted, refusals: (sighted.refusals.get(book) ?? []) as Refusal<Facts>[] }));
    return {
      note: (answer, resource, factsOf) => this.#refused(book, answer, resource, factsOf),
      foreign: () => all().flatMap(foreignOf),
      missing: () => all().flatMap(({ served, refusals }) => (served.size === 0 ? refusals : [])),
      existing: () => all().flatMap(({ served, refusals }) => (served.size > 0 ? refusals : [])),
    };
  }

  #refused(book: object, { exchange }: ErrorAnswer, resource: Resource, factsOf: () => unknown): void {
    const key = keyOf(exchange.request.server, resource);
    const account = exchange.account?.id ?? unknown;
    const sighted = this.#sightedOf(key);
    const refusals = sighted.refusals.get(book) ?? [];
    const ofOne = refusals.filter((other) => other.account === account).length;
    if (refusals.length < limits.refusals && ofOne < limits.refusalsOfOne) {
      refusals.push({ account, moment: momentOf(exchange), masking: resource.masking, facts: factsOf() });
      sighted.refusals.set(book, refusals);
      sighted.kept++;
    }
    this.#keep(key, sighted);
  }

  #sightedOf(key: string): Sighted {
    return this.#sighted.get(key) ?? { served: new Map(), isShared: false, refusals: new Map(), kept: 0 };
  }

  #keep(key: string, sighted: Sighted): void {
    this.#sighted.set(key, sighted, 1 + sighted.served.size + sighted.kept * witnessWeight);
  }
}

/** The refusals that one rule keeps, with what it wants to know of them. */
export interface Refusals<Facts> {
  /** Keeps a refusal, unless there are enough of its kind: `factsOf` is asked only for one that is kept. */
  note(answer: ErrorAnswer, resource: Resource, factsOf: () => Facts): void;
  /** The refusals of resources proved to be somebody else's. */
  foreign(): ForeignRefusal<Facts>[];
  /** The refusals of ids nobody was ever served: presumed missing. */
  missing(): Refusal<Facts>[];
  /** The refusals of ids that somebody was served. */
  existing(): Refusal<Facts>[];
}

/** One for all rules. */
export function maskedTraffic(studying: Studying): MaskedTraffic {
  return new MaskedTraffic(studying);
}

function keyOf(server: string, { masking, id }: Resource): string {
  return [server, masking.resource, id].map((part) => shortened(part)).join("\n");
}

function foreignOf<Facts>({
  served,
  isShared,
  refusals,
}: Omit<Sighted, "refusals"> & { readonly refusals: readonly Refusal<Facts>[] }): ForeignRefusal<Facts>[] {
  return refusals.flatMap((refusal) => {
    // Whoever is unknown may be the asker.
    if (isShared || refusal.account === unknown || served.has(unknown) || served.has(refusal.account)) return [];
    const owner = [...served.values()].find(({ first, last }) => precedes(first, refusal.moment) && precedes(refusal.moment, last));
    return owner === undefined ? [] : [{ ...refusal, proof: [owner.first.origin, owner.last.origin] }];
  });
}
