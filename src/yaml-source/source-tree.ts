import type { SourceLine } from "../model/contract.ts";
import type { Json } from "../model/json.ts";

/** A value of a contract file that knows where it is written, also after another file has been merged in. */
export type SourceNode = SourceMap | SourceList | SourceScalar;

/** Member names and indices, from the root of the value's own file. */
export type SourcePath = readonly (string | number)[];

interface Written {
  readonly at: SourceLine;
  readonly path: SourcePath;
}

export interface SourceMap extends Written {
  readonly kind: "map";
  readonly members: ReadonlyMap<string, SourceMember>;
}

export interface SourceMember {
  readonly keyAt: SourceLine;
  readonly node: SourceNode;
}

interface SourceList extends Written {
  readonly kind: "list";
  readonly items: readonly SourceNode[];
}

interface SourceScalar extends Written {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

/** The node that a path leads to; undefined where there is none. */
export function nodeAt(root: SourceNode | undefined, ...path: SourcePath): SourceNode | undefined {
  return path.reduce<SourceNode | undefined>((node, step) => childOf(node, step), root);
}

/** The member of a map, with the place of its key. */
export function memberOf(node: SourceNode | undefined, name: string): SourceMember | undefined {
  return node?.kind === "map" ? node.members.get(name) : undefined;
}

/** The members of a map in their order; empty where there is no map. */
export function membersOf(node: SourceNode | undefined): readonly (readonly [name: string, member: SourceMember])[] {
  return node?.kind === "map" ? [...node.members] : [];
}

/** The items of a list; empty where there is no list. */
export function itemsOf(node: SourceNode | undefined): readonly SourceNode[] {
  return node?.kind === "list" ? node.items : [];
}

/** The text of a scalar; undefined for anything else. */
export function textOf(node: SourceNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** The plain data, without places. Objects have no prototype, so that no name in them means anything to JavaScript. */
export function dataOf(node: SourceNode): Json {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(dataOf);
  const object: { [member: string]: Json } = Object.create(null);
  for (const [name, member] of node.members) object[name] = dataOf(member.node);
  return object;
}

/** `["errors", 3, "status"]` -> `errors[3].status`. */
export function describePath(path: SourcePath): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

function childOf(node: SourceNode | undefined, step: string | number): SourceNode | undefined {
  if (node?.kind === "list") return node.items[Number(step)];
  return memberOf(node, String(step))?.node;
}
