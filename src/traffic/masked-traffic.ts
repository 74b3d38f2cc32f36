import type { Contract, ErrorAnswer, Resource } from "../model/contract.ts";
import type { Exchange, Origin } from "../model/exchange.ts";
import type { Memory, Watching } from "../model/rule.ts";
import { type Moment, momentOf, type Period, periodOf, precedes, widen } from "./moment.ts";

/** One account was refused one masked resource. */
export interface Refusal<Facts> {
  readonly account: string;
  readonly moment: Moment;
  readonly resource: Resource;
  readonly facts: Facts;
}

/** A refusal of a resource that surely exists: somebody else was served it before and after, and the asker never was. */
export interface ForeignRefusal<Facts> extends Refusal<Facts> {
  /** The exchanges that prove it. */
  readonly proof: readonly Origin[];
}

/** What is known of one id. */
interface Sighted<Facts> {
  /** The first and the last time each account was served it. */
  readonly served: Map<string, Period>;
  readonly refusals: Refusal<Facts>[];
}

/** The account of a request without a known credential. */
const unknown = "";

/** Refusals kept for one id, and accounts served it. */
const limit = 64;

/** Who was served and who was refused which masked resource, over all captures. Judged when all is seen, since captures come in any order. */
export class MaskedTraffic<Facts> {
  readonly #contract: Contract;
  readonly #sighted: Memory<Sighted<Facts>>;

  constructor({ contract, remember }: Pick<Watching, "contract" | "remember">) {
    this.#contract = contract;
    this.#sighted = remember<Sighted<Facts>>();
  }

  /** Notes who was served what. Cheap for an exchange that asks for no masked resource. */
  served(exchange: Exchange): void {
    const { account, request, response } = exchange;
    if (response.status < 200 || response.status > 299 || request.method === "OPTIONS") return;
    const resources = this.#contract.resourcesOf(request);
    if (resources.length === 0) return;
    const asker = account?.id ?? unknown;
    for (const resource of resources) {
      const { served } = this.#at(request.server, resource);
      const known = served.get(asker);
      if (known !== undefined) widen(known, exchange);
      else if (served.size < limit) served.set(asker, periodOf(exchange));
    }
  }

  /** Notes a refusal; `facts` is what the rule will want to know of it. */
  refused({ exchange }: ErrorAnswer, resource: Resource, facts: Facts): void {
    const { refusals } = this.#at(exchange.request.server, resource);
    if (refusals.length >= limit) return;
    refusals.push({ account: exchange.account?.id ?? unknown, moment: momentOf(exchange), resource, facts });
  }

  /** The refusals of resources proved to be somebody else's. */
  foreign(): ForeignRefusal<Facts>[] {
    return [...this.#sighted.values()].flatMap(({ served, refusals }) =>
      refusals.flatMap((refusal) => {
        // Whoever is unknown may be the asker.
        if (refusal.account === unknown || served.has(unknown) || served.has(refusal.account)) return [];
        const owner = [...served.values()].find(({ first, last }) => precedes(first, refusal.moment) && precedes(refusal.moment, last));
        return owner === undefined ? [] : [{ ...refusal, proof: [owner.first.origin, owner.last.origin] }];
      }),
    );
  }

  /** The refusals of ids nobody was ever served: presumed missing. */
  missing(): Refusal<Facts>[] {
    return [...this.#sighted.values()].flatMap(({ served, refusals }) => (served.size === 0 ? refusals : []));
  }

  /** The refusals of ids that somebody was served. */
  existing(): Refusal<Facts>[] {
    return [...this.#sighted.values()].flatMap(({ served, refusals }) => (served.size > 0 ? refusals : []));
  }

  #at(server: string, { masking, id }: Resource): Sighted<Facts> {
    const key = `${server}\n${masking.resource}\n${id}`;
    const known = this.#sighted.get(key);
    if (known !== undefined) return known;
    const sighted: Sighted<Facts> = { served: new Map(), refusals: [] };
    this.#sighted.set(key, sighted);
    return sighted;
  }
}
