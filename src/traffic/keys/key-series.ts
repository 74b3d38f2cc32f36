import type { Exchange } from "../../model/exchange.ts";
import type { Place } from "../../model/place.ts";
import type { Witness } from "../../model/rule.ts";
import { type Moment, momentOf } from "../moment.ts";
import { requestFingerprint } from "../request-fingerprint.ts";
import { beganBefore, mayHaveActed } from "./key-claim.ts";
import type { KeyShape } from "./key-shape.ts";

/** Keys, and requests, kept of one series: what they have in common shows in a few. */
const most = 32;

/** An exchange to be shown, and the place of its key. */
export interface Sight {
  readonly place: Place;
  readonly witness: Witness;
}

/** Idempotency keys of one client that may have something in common. */
export class KeySeries {
  /** By digest. */
  readonly keys = new Map<string, KeyShape>();
  /** Fewest characters of a key. */
  shortest = Number.POSITIVE_INFINITY;
  /** The use in which it first shows. */
  shown: Sight | undefined;
  /** When each different request was sent last, by fingerprint. */
  readonly #requests = new Map<string, Moment>();
  /** The first request that may have acted: what was refused before it may be its own, not yet repaired. */
  #first: Moment | undefined;

  add(id: string, shape: KeyShape): void {
    this.shortest = Math.min(this.shortest, shape.length);
    if (this.keys.size < most) this.keys.set(id, shape);
  }

  addRequest(exchange: Exchange): void {
    const moment = momentOf(exchange);
    const fingerprint = requestFingerprint(exchange.request);
    if (fingerprint === undefined || this.#requests.size >= most) return;
    this.#requests.set(fingerprint, moment);
    if (mayHaveActed(exchange) && (this.#first === undefined || beganBefore(moment, this.#first))) this.#first = moment;
  }

  /** Different requests that were sent once one of them may have acted. */
  get requests(): number {
    const first = this.#first;
    return first === undefined ? 0 : [...this.#requests.values()].filter((moment) => !beganBefore(moment, first)).length;
  }
}
