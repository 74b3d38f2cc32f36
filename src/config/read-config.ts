import { dirname } from "node:path";
import { checkShape } from "../yaml-source/check-shape.ts";
import { makeFaultList } from "../yaml-source/fault-list.ts";
import { nameFile } from "../yaml-source/name-file.ts";
import { checkConfig } from "./check-config.ts";
import { compileConfig } from "./compile-config.ts";
import type { Config } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { configShape } from "./config-shape.ts";
import { readTree } from "./read-tree.ts";

/**
 * Reads a configuration. A module among them is run.
 *
 * @param path Absolute
 * @param cwd What its file names are to be seen from
 * @param formats Names of the formats that there are
 * @throws ConfigError with every fault there is
 */
export async function readConfig(path: string, cwd: string, formats: readonly string[]): Promise<Config> {
  const faults = makeFaultList();
  const file = nameFile(path, cwd);
  const folder = dirname(path);
  const tree = await readTree(path, file, faults);
  if (tree !== undefined) {
    checkShape(tree, configShape, faults);
    checkConfig(tree, { folder, formats }, faults);
  }
  if (tree === undefined || !faults.isEmpty) throw new ConfigError(faults.sorted());
  return { file, path, ...compileConfig(tree, { folder, cwd }) };
}
