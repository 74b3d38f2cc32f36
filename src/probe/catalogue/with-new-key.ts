import { isObject, type Json } from "../../model/json.ts";
import type { AskBody } from "../ask.ts";
import { newKey, withKey } from "../idempotency-key.ts";
import type { PlannedRequest } from "../plan/plan.ts";
import type { Asking, Filled } from "../probe.ts";

/**
 * The request with a key that was never used, where its operation takes one: a server may look for the key before it looks at what is asked
 * about, and its lack would be answered first. A body that is no object has no place for a key, and stays as it is.
 */
export function withNewKey(asking: Asking, request: PlannedRequest, filled: Filled): Filled {
  const { idempotency } = asking.contract;
  if (idempotency === undefined || "lacks" in filled || !takesKey(asking, request)) return filled;
  if ("pointer" in idempotency.keyPlace && !holdsObject(filled.body)) return filled;
  const keyed = withKey(filled, idempotency, newKey(asking, idempotency));
  return "lacks" in keyed ? filled : keyed;
}

/** Does the contract have a key for the request, required or not? */
function takesKey(asking: Asking, request: PlannedRequest): boolean {
  const { operations = {} } = asking.contract.idempotency ?? {};
  return asking.operationsOf(request).some(({ name }) => Object.hasOwn(operations, name));
}

function holdsObject(body: AskBody | undefined): boolean {
  if (typeof body?.content !== "string") return false;
  try {
    return isObject(JSON.parse(body.content) as Json);
  } catch {
    return false;
  }
}
