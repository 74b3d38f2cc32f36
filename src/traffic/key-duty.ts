import type { Contract } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import type { Place } from "../model/place.ts";

/** A key that the contract requires of a request and that the request does not bring. */
export interface AbsentKey {
  readonly place: Place;
  /** "header Idempotency-Key" */
  readonly keyText: string;
  /** True where it was sent without a value. */
  readonly empty: boolean;
}

/** The key that a request owes; undefined = it owes none, or brings it; `unknown` = the capture does not show. */
export function absentKey({ idempotency }: Contract, { request }: Exchange): AbsentKey | "unknown" | undefined {
  if (idempotency?.dutyOf(request)?.duty !== "required") return undefined;
  const { key, place, known } = idempotency.keyOf(request);
  if (key !== undefined && key.trim() !== "") return undefined;
  // A request of HTTP/1.1 has one header field at least; a capture that shows none has left them out.
  if (!known || (key === undefined && request.headers.lines().length === 0)) return "unknown";
  return { place, keyText: idempotency.keyText, empty: key !== undefined };
}
