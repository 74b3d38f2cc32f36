import type { FaultList } from "../yaml-source/fault-list.ts";
import { itemsOf, memberOf, nodeAt, type SourceMap } from "../yaml-source/source-tree.ts";
import type { Compilation } from "./compile.ts";

/** Tells duties that contradict one another: retries, masking, types that nothing has. */
export function checkDuties(tree: SourceMap, { rows, masking, types }: Compilation, faults: FaultList): void {
  for (const [index, row] of rows.entries()) {
    const node = nodeAt(tree, "errors", index, "retryAfter") ?? nodeAt(tree, "errors", index) ?? tree;
    const tell = (message: string) => faults.tell({ at: node.at, path: node.path, message });
    if (row.retry === "never" && row.retryAfter.presence === "required")
      tell("requires Retry-After on an error that must never be retried");
    if (row.retry === "retry-after" && row.retryAfter.presence === "forbidden")
      tell("forbids Retry-After on an error that is to be retried after it");
    const { min, max } = row.retryAfter;
    if (max !== undefined && max < min) tell(`has a max (${max}) below its min (${min})`);
  }
  for (const [index, { answer, never }] of masking.entries()) {
    const node = nodeAt(tree, "masking", index, "answer") ?? tree;
    const admitting = never.find((status) => answer.status.has(status));
    if (admitting === undefined) continue;
    const name = faults.quote(answer.name, answer.source);
    faults.tell({
      at: node.at,
      path: node.path,
      message: `answers with the row ${name}, whose status ${admitting} is in never`,
      plain: "answers with a row whose status is in never",
    });
  }
  for (const node of types === null ? [] : itemsOf(memberOf(tree, "types")?.node)) {
    if (node.kind !== "scalar" || rows.some((row) => row.type.accepts(node.value) || row.type.accepts(String(node.value)))) continue;
    faults.tell({
      at: node.at,
      path: node.path,
      message: `is a type that no row accepts: ${JSON.stringify(node.value)}`,
      plain: "is a type that no row accepts",
    });
  }
}
