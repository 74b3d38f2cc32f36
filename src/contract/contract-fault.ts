import type { SourceLine } from "../model/contract.ts";

/** Something in a contract file that keeps it from being a contract. */
export interface ContractFault extends SourceLine {
  /** Where in the file's data: `errors[3].status`; "" is the whole. */
  readonly path: string;
  /** What is wrong, one sentence without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** A contract that cannot be used, with everything that is wrong with it. */
export class ContractError extends Error {
  override readonly name = "ContractError";
  /** In the order of the files and lines. */
  readonly faults: readonly ContractFault[];

  constructor(faults: readonly ContractFault[]) {
    super(faults.map(describeFault).join("\n"));
    this.faults = faults;
  }
}

/** One line for people: `contract.yaml:12:5: errors[3].status: …`. */
export function describeFault(fault: ContractFault): string {
  const where = `${fault.file}:${fault.line}:${fault.column}`;
  return [where, fault.path, fault.advice === undefined ? fault.message : `${fault.message} (${fault.advice})`]
    .filter((part) => part !== "")
    .join(": ");
}
