import type { FaultList } from "../yaml-source/fault-list.ts";
import { nodeAt, type SourceMap } from "../yaml-source/source-tree.ts";
import type { Compilation } from "./compile.ts";
import type { CompiledMatcher } from "./matcher.ts";
import { type CompiledRow, compareRows } from "./row.ts";

/** Tells pairs of rows that some answer meets alike, so that only their order in the file would choose. */
export function checkTies(tree: SourceMap, { rows }: Compilation, faults: FaultList): void {
  for (const [index, row] of rows.entries()) {
    const other = rows.slice(0, index).find((each) => tie(each, row));
    if (other === undefined) continue;
    const node = nodeAt(tree, "errors", index) ?? tree;
    const { file, line } = other.source;
    faults.tell({
      at: node.at,
      path: node.path,
      message: `ties with the row ${faults.quote(other.name, other.source)} (${file}:${line}): an answer can meet both, and neither is the more specific`,
      plain: `ties with the row at ${file}:${line}`,
      advice: "tell them apart by code, type, operations or when",
    });
  }
}

/** Only what is sure: patterns overlap if they are the same, operations if they share a name. */
function tie(a: CompiledRow, b: CompiledRow): boolean {
  return (
    a.envelope === b.envelope &&
    a.when === undefined &&
    b.when === undefined &&
    compareRows(a, b) === 0 &&
    a.status.all.some((status) => b.status.has(status)) &&
    (a.operations === undefined || a.operations.some((name) => b.operations?.includes(name))) &&
    overlap(a.type, b.type) &&
    overlap(a.code, b.code) &&
    overlap(a.param, b.param)
  );
}

function overlap(a: CompiledMatcher, b: CompiledMatcher): boolean {
  if (a.kind === "literal" && b.kind === "literal") return a.values.some((value) => a.accepts(value) && b.accepts(value));
  return a.kind === b.kind && a.identity === b.identity;
}
