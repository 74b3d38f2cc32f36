import { describeFault, type Fault } from "../../yaml-source/fault.ts";

/** A plan that cannot be used, with everything that is wrong with it. */
export class PlanError extends Error {
  override readonly name = "PlanError";
  /** In the order of the lines. */
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(describeFault).join("\n"));
    this.faults = faults;
  }
}
