import { importModule, ModuleError } from "../rule-files/import-module.ts";
import { describeThrown } from "../syntax/thrown.ts";
import type { FaultList } from "../yaml-source/fault-list.ts";
import type { SourceNode } from "../yaml-source/source-tree.ts";
import { treeOfValue } from "./tree-of-value.ts";

/** Is a configuration a module, that is run, and not data? */
export function isModule(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

/** What a module exports by default, or what the function gives that it exports; undefined where that fails, which is told. */
export async function importConfig(path: string, file: string, faults: FaultList): Promise<SourceNode | undefined> {
  const at = { file, line: 0, column: 0 };
  let given: unknown;
  try {
    const { default: exported } = await importModule(path);
    given = typeof exported === "function" ? await exported() : exported;
  } catch (error) {
    const { line } = error instanceof ModuleError ? error : {};
    faults.tell({ at: line === undefined ? at : { file, line, column: 1 }, message: `cannot be loaded: ${describeThrown(error)}` });
    return undefined;
  }
  if (given === undefined) {
    faults.tell({ at, message: "gives no configuration", advice: "write: export default { contract: … }" });
    return undefined;
  }
  return treeOfValue(given, file, faults);
}
