import type { Contract, ErrorAnswer, ErrorObject, Matcher, Role, Row } from "../model/contract.ts";
import type { Place } from "../model/place.ts";
import { listed } from "../syntax/wording.ts";

/** The rows that an answer's operation may send. */
export function rowsFor(rows: readonly Row[], { operations }: ErrorAnswer): Row[] {
  const names = operations.length === 0 ? ["other"] : operations.map((operation) => operation.name);
  return rows.filter((row) => row.operations === undefined || row.operations.some((name) => names.includes(name)));
}

/** The statuses of rows, for people: `400, 404 or 409`. */
export function statusesOf(rows: readonly Row[]): string {
  return listed(rows.flatMap((row) => row.status.text.split(", ")));
}

/** What rows accept in a role, for people: `course_not_found, preset_not_found or none`. */
export function acceptedBy(rows: readonly Row[], role: "type" | "code" | "param"): string {
  return listed(rows.flatMap((row) => wordsOf(row[role])));
}

function wordsOf(matcher: Matcher): readonly (string | number)[] {
  if (matcher.kind === "literal") return matcher.values;
  return [matcher.kind === "absent" ? "none" : matcher.kind === "any" ? "any that no other row names" : matcher.text];
}

/** Where a role stands in an error object, or would. */
export function placeOf(object: ErrorObject, role: Role): Place {
  return object.role(role)?.place ?? { kind: "body", pointer: object.pointer };
}

/** Is a role at fault by the envelope's own schema? envelope/malformed tells that, and the table has no say. */
export function isMalformed(contract: Contract, answer: ErrorAnswer, object: ErrorObject, role: Role): boolean {
  return contract
    .schemaFaults(answer)
    .some((fault) => fault.role === role && (fault.pointer === "" || fault.pointer.startsWith(object.pointer)));
}
