import { maskSecrets } from "../engine/mask.ts";
import { describeFault, type Fault } from "../yaml-source/fault.ts";

/** A configuration that cannot be used, with everything that is wrong with it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** In the order of the lines; line 0 where none is known. What looks like a secret is masked. */
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const told = faults.map(maskFault);
    super(told.map(describeFault).join("\n"));
    this.faults = told;
  }
}

/** A configuration holds no credential; somebody's may all the same, and nobody need read it in a log. */
function maskFault(fault: Fault): Fault {
  const { path, message, advice } = fault;
  return {
    ...fault,
    path: maskSecrets(path, []),
    message: maskSecrets(message, []),
    ...(advice !== undefined && { advice: maskSecrets(advice, []) }),
  };
}
