import type { FaultList } from "../../yaml-source/fault-list.ts";
import { itemsOf, membersOf, type SourceNode, textOf } from "../../yaml-source/source-tree.ts";

/** What stands where a contract cannot say what is right. */
export const placeholder = "<fill-in>";

/** Tells what `envelint probe --init` has left open. */
export function checkPlaceholders(node: SourceNode, faults: FaultList): void {
  if (textOf(node)?.includes(placeholder))
    faults.tell({ at: node.at, path: node.path, message: "is still to be filled in", advice: "or take the line out" });
  for (const item of itemsOf(node)) checkPlaceholders(item, faults);
  for (const [, member] of membersOf(node)) checkPlaceholders(member.node, faults);
}
