import type { SourceLine } from "../model/contract.ts";

/** Something in a file of the user's that keeps it from being what it is meant to be. */
export interface Fault extends SourceLine {
  /** Where in the file's data: `errors[3].status`; "" is the whole. */
  readonly path: string;
  /** What is wrong, one sentence without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** One line for people: `contract.yaml:12:5: errors[3].status: …`. Line 0 is not known, and not told. */
export function describeFault(fault: Fault): string {
  const where = fault.line === 0 ? fault.file : `${fault.file}:${fault.line}:${fault.column}`;
  return [where, fault.path, fault.advice === undefined ? fault.message : `${fault.message} (${fault.advice})`]
    .filter((part) => part !== "")
    .join(": ");
}
