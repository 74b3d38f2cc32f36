import type { FaultList } from "../../yaml-source/fault-list.ts";
import { itemsOf, membersOf, type SourceNode, textOf } from "../../yaml-source/source-tree.ts";

/** What begins a text that is yet to be filled in. */
export const placeholderStart = "<fill-in";

/** Tells what `envelint probe --init` has left open. */
export function checkPlaceholders(node: SourceNode, faults: FaultList): void {
  if (textOf(node)?.includes(placeholderStart))
    faults.tell({ at: node.at, path: node.path, message: "is still to be filled in", advice: "or take the line out" });
  for (const item of itemsOf(node)) checkPlaceholders(item, faults);
  for (const [, member] of membersOf(node)) checkPlaceholders(member.node, faults);
}
