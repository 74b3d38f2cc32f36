import { resolve } from "node:path";
import type { Contract } from "../model/contract.ts";
import { adviseNearest, makeFaultList } from "../yaml-source/fault-list.ts";
import { builtinNames, defaultContract } from "../yaml-source/package-root.ts";
import { ContractError } from "./contract-fault.ts";
import { builtinSource, builtinTree } from "./extend.ts";
import { makeContract } from "./make.ts";

export interface LoadOptions {
  /** What file names are relative to, and below which `extends` must stay [process.cwd()]. */
  readonly cwd?: string;
}

/**
 * Loads a contract.
 *
 * @param reference `builtin:NAME`, or a path [the built-in contract, `builtin:course-api`]
 * @throws ContractError with every fault there is; TypeError where the reference is no text
 */
export async function loadContract(reference = `builtin:${defaultContract}`, options: LoadOptions = {}): Promise<Contract> {
  if (typeof reference !== "string")
    throw new TypeError(
      `loadContract takes a path or builtin:NAME, not ${reference === null ? "null" : `a value of type ${typeof reference}`}.`,
    );
  const cwd = resolve(options.cwd ?? process.cwd());
  if (!reference.startsWith("builtin:")) return (await import("./parse.ts")).readContract(reference, cwd);
  const faults = makeFaultList();
  const builtin = builtinSource(reference.slice("builtin:".length));
  // The contracts that ship are checked by the tests, not again in every run.
  if (builtin !== undefined) return makeContract(builtinTree(builtin), builtin, cwd, faults);
  const names = builtinNames().map((name) => `builtin:${name}`);
  faults.tell({
    at: { file: reference, line: 1, column: 1 },
    message: `is no contract that ships with envelint (${names.join(", ")})`,
    ...adviseNearest(reference, names),
  });
  throw new ContractError(faults.sorted());
}
