import { accessSync, constants } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "./config.ts";
import { ConfigError } from "./config-error.ts";

/**
 * Makes sure that the contract of a configuration is there, since one that is not would be told as a fault of the contract. Another one may have
 * been named on the command line; then nobody need ask.
 *
 * @throws ConfigError
 */
export function checkContractFile({ options: { contract }, keys, file }: Config, cwd: string): void {
  if (contract === undefined || contract.startsWith("builtin:")) return;
  try {
    accessSync(resolve(cwd, contract), constants.R_OK);
  } catch {
    const at = keys.get("contract") ?? { file, line: 0, column: 0 };
    const message = `is no file that can be read: ${JSON.stringify(contract)}`;
    throw new ConfigError([{ ...at, path: "contract", message, advice: "it is looked for beside the configuration" }]);
  }
}
