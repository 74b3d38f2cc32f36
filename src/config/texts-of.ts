import type { SourceLine } from "../model/contract.ts";
import { itemsOf, type SourceNode, type SourcePath, textOf } from "../yaml-source/source-tree.ts";

/** A text, and where it is written. */
export interface WrittenText {
  readonly text: string;
  readonly at: SourceLine;
  readonly path: SourcePath;
}

/** The texts of a value that is one, or a list of them. */
export function textsOf(node: SourceNode | undefined): readonly WrittenText[] {
  if (node === undefined) return [];
  return (node.kind === "list" ? itemsOf(node) : [node]).flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : { text, at: item.at, path: item.path };
  });
}
