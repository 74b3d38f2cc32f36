import type { SourceMember, SourceNode, SourcePath } from "./source-tree.ts";

/** A tree as JSON, without what follows from where a node stands: line, column, and a scalar's value, a list's items or a map's members. */
export type PackedTree =
  | readonly [line: number, column: number, value: string | number | boolean | null]
  | readonly [line: number, column: number, items: readonly PackedTree[]]
  | readonly [line: number, column: number, members: { readonly list: readonly PackedMember[] }];

type PackedMember = readonly [name: string, line: number, column: number, node: PackedTree];

export function packTree(node: SourceNode): PackedTree {
  const { line, column } = node.at;
  if (node.kind === "scalar") return [line, column, node.value];
  if (node.kind === "list") return [line, column, node.items.map(packTree)];
  const list = [...node.members].map(([name, { keyAt, node: member }]): PackedMember => [name, keyAt.line, keyAt.column, packTree(member)]);
  return [line, column, { list }];
}

export function unpackTree([line, column, held]: PackedTree, file: string, path: SourcePath = []): SourceNode {
  const at = { file, line, column };
  if (Array.isArray(held)) return { kind: "list", at, path, items: held.map((item, index) => unpackTree(item, file, [...path, index])) };
  if (held === null || typeof held !== "object") return { kind: "scalar", at, path, value: held };
  const members = (held as { readonly list: readonly PackedMember[] }).list.map(
    ([name, keyLine, keyColumn, node]): [string, SourceMember] => [
      name,
      { keyAt: { file, line: keyLine, column: keyColumn }, node: unpackTree(node, file, [...path, name]) },
    ],
  );
  return { kind: "map", at, path, members: new Map(members) };
}
