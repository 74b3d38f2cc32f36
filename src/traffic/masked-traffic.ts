import type { Contract, ErrorAnswer, Masking, Resource } from "../model/contract.ts";
import type { Exchange, Origin } from "../model/exchange.ts";
import type { Watching } from "../model/rule.ts";
import { type Moment, momentOf, type Period, periodOf, precedes, widen } from "./moment.ts";
import { shortened } from "./shortened.ts";
import { WeighedMemory, witnessWeight } from "./weighed-memory.ts";

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
interface Sighted<Facts> {
  /** The first and the last time each account was served it; of more accounts than the limit only some. */
  readonly served: Map<string, Period>;
  /** So many accounts were served it that it is nobody's own. */
  isShared: boolean;
  readonly refusals: Refusal<Facts>[];
}

/** The account of a request without a known credential. */
const unknown = "";

/** Kept for one id: accounts served it, refusals of one account, refusals in all. */
const limits = { served: 8, refusalsOfOne: 8, refusals: 16 } as const;

/** Who was served and who was refused which masked resource, over all captures. Judged when all is seen, since captures come in any order. */
export class MaskedTraffic<Facts> {
  readonly #contract: Contract;
  readonly #sighted: WeighedMemory<Sighted<Facts>>;

  constructor(watching: Pick<Watching, "contract" | "remember">) {
    this.#contract = watching.contract;
    this.#sighted = new WeighedMemory(watching);
  }

  /** Notes who was served what. Cheap for an exchange that asks for no masked resource. */
  served(exchange: Exchange): void {
    const { account, request, response } = exchange;
    if (response.status < 200 || response.status > 299 || request.method === "OPTIONS") return;
    const resources = this.#contract.resourcesOf(request);
    if (resources.length === 0) return;
    const asker = account?.id ?? unknown;
    for (const resource of resources) {
      this.#note(request.server, resource, (sighted) => {
        const known = sighted.served.get(asker);
        if (known !== undefined) widen(known, exchange);
        else if (sighted.served.size < limits.served) sighted.served.set(asker, periodOf(exchange));
        else sighted.isShared = true;
      });
    }
  }

  /** Notes a refusal; `facts` is what the rule will want to know of it. */
  refused({ exchange }: ErrorAnswer, resource: Resource, facts: Facts): void {
    const account = exchange.account?.id ?? unknown;
    this.#note(exchange.request.server, resource, ({ refusals }) => {
      const ofOne = refusals.filter((other) => other.account === account);
      if (refusals.length >= limits.refusals || ofOne.length >= limits.refusalsOfOne) return;
      refusals.push({ account, moment: momentOf(exchange), masking: resource.masking, facts });
    });
  }

  /** The refusals of resources proved to be somebody else's. */
  foreign(): ForeignRefusal<Facts>[] {
    return [...this.#sighted.values()].flatMap(({ served, isShared, refusals }) =>
      refusals.flatMap((refusal) => {
        // Whoever is unknown may be the asker.
        if (isShared || refusal.account === unknown || served.has(unknown) || served.has(refusal.account)) return [];
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

  #note(server: string, { masking, id }: Resource, change: (sighted: Sighted<Facts>) => void): void {
    const key = [server, masking.resource, id].map((part) => shortened(part)).join("\n");
    const sighted = this.#sighted.get(key) ?? { served: new Map(), isShared: false, refusals: [] };
    change(sighted);
    this.#sighted.set(key, sighted, 1 + sighted.served.size + sighted.refusals.length * witnessWeight);
  }
}
