import type { Contract, Row } from "../../model/contract.ts";
import type { PlannedRequest } from "../plan/plan.ts";
import type { Asking } from "../probe.ts";

/** The rows that a request's operations may send with one of these statuses. */
export function rowsWith(asking: Asking, request: PlannedRequest | undefined, ...statuses: readonly number[]): Row[] {
  const operations = request === undefined ? [] : asking.operationsOf(request).map(({ name }) => name);
  const names = operations.length === 0 ? ["other"] : operations;
  return asking.contract.rows.filter(
    (row) =>
      statuses.some((status) => row.status.has(status)) &&
      (row.operations === undefined || row.operations.some((name) => names.includes(name))),
  );
}

/** The rows that any operation may send with one of these statuses. */
export function rowsWithAny({ contract }: Asking, ...statuses: readonly number[]): Row[] {
  return contract.rows.filter((row) => statuses.some((status) => row.status.has(status)) && !hasOtherMeaning(contract, row));
}

/** The rows for a request that is wrong by itself. A row for any code speaks for all of them; one for a code of its own may be about anything. */
export function badRequestRows(asking: Asking, request: PlannedRequest): Row[] {
  const rows = rowsWith(asking, request, 400, 422).filter((row) => !hasOtherMeaning(asking.contract, row));
  const general = rows.filter(({ code }) => code.kind !== "literal");
  return general.length > 0 ? general : rows;
}

/** The rows for a method that an address does not have. "5XX" is about faults of the server. */
export function badMethodRows(asking: Asking, planned: PlannedRequest, method: string): Row[] {
  return rowsWith(asking, { ...planned, method }, 405, 501).filter(({ status }) => !status.has(500));
}

/**
 * The rows for what is not there: what masking promises for the resource that the path addresses, or the 404s that the contract keeps for these
 * very operations. A 404 for all of them is no promise that there is one here: a search for a word that nobody wrote finds nothing, with a 200.
 */
export function missingRows(asking: Asking, request: PlannedRequest): Row[] {
  const resource = asking.resourcesOf(request).at(-1);
  if (resource !== undefined)
    return asking.contract.masking.flatMap(({ resource: name, answer }) => (name === resource.resource ? answer : []));
  if (request.parameters.length === 0) return [];
  return rowsWith(asking, request, 404).filter((row) => row.operations !== undefined && !hasOtherMeaning(asking.contract, row));
}

/** The rows for an address that leads nowhere. */
export function unknownRouteRows(asking: Asking): Row[] {
  const rows = rowsWith(asking, undefined, 404);
  const plain = rows.filter((row) => !hasOtherMeaning(asking.contract, row));
  const own = plain.filter((row) => row.operations !== undefined);
  return [own, plain, rows].find((some) => some.length > 0) ?? [];
}

/** Names of rows, each once. */
export function namesOf(...rows: readonly (Row | undefined | readonly Row[])[]): string[] {
  return [...new Set(rows.flatMap((some) => some ?? []).map((row) => row.name))];
}

/** Does the contract say elsewhere what the row is for: strangers, keys, masked resources, limits? */
function hasOtherMeaning({ authentication, idempotency, masking }: Contract, row: Row): boolean {
  const taken = [
    authentication.missing,
    authentication.invalid,
    idempotency?.missing,
    idempotency?.reuse,
    idempotency?.inFlight,
    ...masking.map(({ answer }) => answer),
  ];
  return taken.includes(row) || row.retry === "retry-after" || row.retryAfter.presence === "required";
}
