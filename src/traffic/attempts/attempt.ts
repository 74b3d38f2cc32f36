import type { Row } from "../../model/contract.ts";
import type { Origin } from "../../model/exchange.ts";
import type { Witness } from "../../model/rule.ts";
import type { Moment } from "../moment.ts";

/** Unsafe requests that had succeeded, by whose they were. */
export type ChangeCounts = ReadonlyMap<string, number>;

/** One sending of a request, as far as the next sending of it asks. */
export interface Attempt {
  readonly moment: Moment;
  readonly method: string;
  /** The test case it belongs to, where the capture names one; "" = nothing. */
  readonly scenario: string;
  /** What the same request has in common, its idempotency key left out; undefined: the body was not captured. */
  readonly fingerprint: string | undefined;
  /** Stands for what else of the header section may have been repaired. */
  readonly fields: number;
  readonly outcome: "done" | "error" | "unanswered";
  readonly status: number;
  /** What may follow; undefined: not known, or nothing went wrong. */
  readonly retry: Row["retry"] | undefined;
  readonly row: Row | null;
  /** Somebody in front of the API answered. */
  readonly isForeign: boolean;
  /** Seconds that the answer asks to wait, where that can be relied on. */
  readonly wait: number | undefined;
  /** Seconds in Retry-After, be they right or not. */
  readonly named: number | undefined;
  /** Digest of the idempotency key; undefined = none. */
  readonly key: string | undefined;
  /** The contract speaks of a key for this operation. */
  readonly isKeyed: boolean;
  readonly credential: string | undefined;
  /** The Date field of the answer, in milliseconds. */
  readonly date: number | undefined;
  /** How many changes had been noted when this one was read, by the order of the file. */
  readonly changesBefore: ChangeCounts;
  /** Only of one that another attempt comes before or after. */
  readonly witness: Witness | undefined;
}

/** One attempt after another that went wrong. */
export interface Step {
  readonly from: Attempt;
  readonly to: Attempt;
  /** Milliseconds from the end of the one to the start of the other; undefined: the times are unknown or not to be trusted. */
  readonly gap: number | undefined;
}

/** The attempts at one request, one after the other. */
export interface Chain {
  /** Account and server. */
  readonly client: string;
  readonly steps: readonly Step[];
  /** A client that asks again and again at a steady pace, whatever it is told, or until there is what it waits for. */
  readonly isPolling: boolean;
}

/** What is not known of a pair of attempts: whether they are one request, one credential's, or how far apart. */
export interface Doubt {
  readonly about: "request" | "credential" | "time";
  readonly reason: string;
}

/** Where to tell what is wrong with a pair of attempts: on the one that was read last, which is the second but in files that run backwards. */
export function sightOf({ from, to }: Pick<Step, "from" | "to">): { readonly on: Witness; readonly related: readonly Origin[] } {
  const [seen, other] = to.witness === undefined ? [from, to] : [to, from];
  return { on: seen.witness as Witness, related: [other.moment.origin] };
}
