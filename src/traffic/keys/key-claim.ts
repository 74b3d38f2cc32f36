import type { Contract, Operation } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Place } from "../../model/place.ts";
import type { Moment } from "../moment.ts";
import { shortened } from "../shortened.ts";

/** A key that a request carries, and the operation that the contract asks it for. */
export interface UsedKey {
  readonly key: string;
  readonly place: Place;
  readonly operation: Operation;
}

/** The key of a request; undefined = none, an empty one, or the contract does not speak of keys here. */
export function keyOf({ idempotency }: Contract, { request }: Exchange): UsedKey | undefined {
  const duty = idempotency?.dutyOf(request);
  if (idempotency === undefined || duty === undefined) return undefined;
  const { key = "", place } = idempotency.keyOf(request);
  return key.trim() === "" ? undefined : { key, place, operation: duty.operation };
}

/** Whose keys must not meet: one account's at one server; one timeline's where the account is not known. */
export function keySpace({ request, account, timeline }: Exchange): string {
  return `${shortened(request.server)}\n${account === undefined ? `timeline ${timeline}` : account.id}`;
}

/**
 * May a request have acted, so that its key stands for it from then on? Not where it was refused or sent elsewhere: a client may repair it
 * and keep the key. A fault of the server, and no answer at all, leave it open.
 */
export function mayHaveActed({ response: { status } }: Exchange): boolean {
  return status < 300 || status === 303 || status >= 500;
}

/** Did the one begin before the other? By the clock; where it does not tell, by their order in one capture. */
export function beganBefore(a: Moment, b: Moment): boolean {
  const apart = Number(b.startedAt) - Number(a.startedAt);
  if (apart !== 0 && !Number.isNaN(apart)) return apart > 0;
  return a.origin.capture === b.origin.capture && a.origin.entry < b.origin.entry;
}
