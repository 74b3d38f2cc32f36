import type { SourceLine } from "../model/contract.ts";
import { nodeAt, type SourceNode, type SourcePath } from "../yaml-source/source-tree.ts";

/** A place in a configuration. */
export interface Written {
  readonly at: SourceLine;
  readonly path: SourcePath;
}

const nodes = new WeakMap<object, SourceNode>();

/** Remembers where a value of the options is written, for whoever finds later that it is wrong. */
export function noteWritten<Value extends object>(value: Value, node: SourceNode): Value {
  nodes.set(value, node);
  return value;
}

/** Where a value of the options, or a part of it, is written; undefined where that is in no configuration. */
export function writtenAt(value: object, ...part: SourcePath): Written | undefined {
  const node = nodes.get(value);
  return nodeAt(node, ...part) ?? node;
}
