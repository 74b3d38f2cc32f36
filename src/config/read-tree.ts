import type { FaultList } from "../yaml-source/fault-list.ts";
import type { FileKind } from "../yaml-source/file-kind.ts";
import { parseSource } from "../yaml-source/parse-source.ts";
import { readSource } from "../yaml-source/read-source.ts";
import { memberOf, type SourceMap, type SourceNode } from "../yaml-source/source-tree.ts";
import { importConfig, isModule } from "./import-config.ts";

const configKind: FileKind = {
  noun: "configuration",
  needs: "at least one key, such as contract",
  captureAdvice: "name it under captures, or give it as a target",
};

/** A configuration's file as a tree of keys; undefined where it gives none, which is told. `file`: as faults name it. */
export async function readTree(path: string, file: string, faults: FaultList): Promise<SourceMap | undefined> {
  const tree = isModule(path) ? await importConfig(path, file, faults) : parseFile(path, file, faults);
  if (tree === undefined) return undefined;
  if (tree.kind !== "map") {
    faults.tell({ at: tree.at, message: "is not a configuration: that is a map of keys such as contract and captures" });
    return undefined;
  }
  for (const [key, noun, advice] of others)
    if (memberOf(tree, key) !== undefined) {
      faults.tell({ at: tree.at, message: `is a ${noun}, not a configuration`, advice });
      return undefined;
    }
  return tree;
}

const others = [
  ["envelint", "contract", "name it under contract, or with --contract"],
  ["probe", "plan", "`envelint probe` takes plans"],
] as const;

function parseFile(path: string, file: string, faults: FaultList): SourceNode | undefined {
  const text = readSource(path, file, configKind, faults);
  return text === undefined ? undefined : parseSource(text, file, configKind, faults);
}
