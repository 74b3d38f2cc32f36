import type { Contract } from "../../model/contract.ts";
import { itemsOf, memberOf, membersOf, nodeAt, type SourceMap, type SourceNode, textOf } from "../../yaml-source/source-tree.ts";
import type { PlannedCreation, PlannedResource } from "./plan.ts";
import { bodyIn, jsonType, readSend, recordOf } from "./planned-requests.ts";

/** What stands in a resource beside its accounts. */
export const resourceKeys: readonly string[] = ["missing", "create"];

/** The contract's masked resources, those that the plan speaks of first: whoever has none of one may still ask for a missing one. */
export function planResources(tree: SourceMap, contract: Contract): PlannedResource[] {
  const named = membersOf(memberOf(tree, "resources")?.node).map(([name]) => name);
  const rank = (name: string) => (named.includes(name) ? named.indexOf(name) : named.length);
  return [...contract.masking]
    .sort((a, b) => rank(a.resource) - rank(b.resource))
    .map(({ resource, parameter }) => readResource(resource, parameter, nodeAt(tree, "resources", resource)));
}

function readResource(resource: string, parameter: string | undefined, node: SourceNode | undefined): PlannedResource {
  const holdings = membersOf(node).filter(([name]) => !resourceKeys.includes(name));
  const idsAs = (key: string) =>
    recordOf(
      holdings.flatMap(([account, member]) => {
        const id = textOf(memberOf(member.node, key)?.node);
        return id === undefined ? [] : [[account, id] as const];
      }),
    );
  const create = memberOf(node, "create")?.node;
  return {
    resource,
    parameter,
    own: idsAs("own"),
    throwAway: idsAs("throwAway"),
    fresh: recordOf(
      holdings.flatMap(([account, member]) => {
        const ids = itemsOf(memberOf(member.node, "fresh")?.node).map((id) => textOf(id) ?? "");
        return ids.length === 0 ? [] : [[account, ids] as const];
      }),
    ),
    missing: textOf(memberOf(node, "missing")?.node),
    create: create && readCreation(create),
  };
}

function readCreation(node: SourceNode): PlannedCreation {
  const { method, path } = readSend(node);
  return {
    method,
    path,
    body: bodyIn(node),
    mediaType: textOf(memberOf(node, "mediaType")?.node) ?? jsonType,
    id: textOf(memberOf(node, "id")?.node) ?? "",
  };
}

/** Every id of a resource that a plan names. */
export function idsOf({ own, throwAway, fresh, missing }: PlannedResource): string[] {
  return [...Object.values(own), ...Object.values(throwAway), ...Object.values(fresh).flat(), ...(missing === undefined ? [] : [missing])];
}
