import { describeFault, type Fault } from "../yaml-source/fault.ts";

/** Something in a contract file that keeps it from being a contract. */
export type ContractFault = Fault;

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
