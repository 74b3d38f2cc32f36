import type { Contract, ErrorAnswer, Operation } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Place } from "../../model/place.ts";
import { quoted } from "../../syntax/wording.ts";
import { objectsOf } from "../error-body.ts";

/** A key that the contract requires of a request and that the request does not bring. */
export interface AbsentKey {
  /** The one that requires the key. */
  readonly operation: Operation;
  readonly place: Place;
  /** "header Idempotency-Key" */
  readonly keyText: string;
  /** True where it was sent without a value. */
  readonly empty: boolean;
}

/** The key that a request owes; undefined = it owes none, or brings it; `unknown` = the capture does not show. */
export function absentKey({ idempotency }: Contract, { request }: Exchange): AbsentKey | "unknown" | undefined {
  const duty = idempotency?.dutyOf(request);
  if (idempotency === undefined || duty?.duty !== "required") return undefined;
  const { key, place, known } = idempotency.keyOf(request);
  if (key !== undefined && key.trim() !== "") return undefined;
  // A request of HTTP/1.1 has one header field at least; a capture that shows none has left them out.
  if (!known || (key === undefined && request.headers.lines().length === 0)) return "unknown";
  return { operation: duty.operation, place, keyText: idempotency.keyText, empty: key !== undefined };
}

/** Statuses by which a server says that the request itself is incomplete. Others may come from a check that stands before the key's. */
export const aboutRequest: ReadonlySet<number> = new Set([400, 412, 422, 428]);

/** Was another parameter at fault too, and looked at first? */
export function blamesOther(answer: ErrorAnswer): boolean {
  const param = objectsOf(answer)[0]?.role("param")?.value;
  return param !== undefined && !/idempot|key/i.test(quoted(param, 200));
}
