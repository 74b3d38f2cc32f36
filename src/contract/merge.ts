import { itemsOf, memberOf, type SourceMap, type SourceMember, type SourceNode, textOf } from "../yaml-source/source-tree.ts";

/** Lays a contract over the one it extends. Every node keeps the place it was written at. */
export function mergeContracts(base: SourceMap, own: SourceMap): SourceMap {
  const members = new Map(base.members);
  for (const [name, member] of own.members) {
    if (name === "extends") continue;
    const before = base.members.get(name);
    members.set(name, before === undefined ? member : mergeMember(name, before, member));
  }
  members.delete("extends");
  return { ...own, members };
}

function mergeMember(name: string, base: SourceMember, own: SourceMember): SourceMember {
  switch (name) {
    case "operations":
    case "envelopes":
      return { ...own, node: mergeByName(base.node, own.node) };
    case "errors":
      return { ...own, node: mergeByKey(base.node, own.node, "name") };
    case "masking":
      return { ...own, node: mergeByKey(base.node, own.node, "resource") };
    default:
      return own;
  }
}

/** The base's names stay first; a name that both have takes the new value in the old place. */
function mergeByName(base: SourceNode, own: SourceNode): SourceNode {
  // What has the wrong shape is left for the schema to tell.
  if (base.kind !== "map" || own.kind !== "map") return own;
  return { ...own, members: new Map([...base.members, ...own.members]) };
}

/** The same for lists whose items have a name. */
function mergeByKey(base: SourceNode, own: SourceNode, key: string): SourceNode {
  if (base.kind !== "list" || own.kind !== "list") return own;
  const nameOf = (item: SourceNode) => textOf(memberOf(item, key)?.node);
  const replaced = new Set<SourceNode>();
  const items = itemsOf(base).map((item) => {
    const name = nameOf(item);
    const newer = name === undefined ? undefined : own.items.find((each) => nameOf(each) === name);
    if (newer === undefined) return item;
    replaced.add(newer);
    return newer;
  });
  return { ...own, items: [...items, ...own.items.filter((item) => !replaced.has(item))] };
}
