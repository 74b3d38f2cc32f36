import type { Contract, Row } from "../../model/contract.ts";
import type { Step } from "./attempt.ts";

/** Statuses that may be about the idempotency key. */
const aboutKey: ReadonlySet<number> = new Set([400, 409, 412, 422, 428]);

/** Was the request changed in its header section, so that the error may not come again? */
export function isRepaired({ idempotency }: Contract, { from, to }: Step): boolean {
  if (from.fields !== to.fields) return true;
  if (from.key === to.key || !aboutKey.has(from.status)) return false;
  const keyRows: readonly (Row | undefined)[] = [idempotency?.missing, idempotency?.reuse, idempotency?.inFlight];
  return from.row === null || keyRows.includes(from.row) || !["literal", "absent"].includes(from.row.code.kind);
}
