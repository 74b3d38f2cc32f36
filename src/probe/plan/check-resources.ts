import type { Contract } from "../../model/contract.ts";
import { adviseNearest, type FaultList } from "../../yaml-source/fault-list.ts";
import { itemsOf, memberOf, membersOf, type SourceMap, type SourceNode, textOf } from "../../yaml-source/source-tree.ts";
import { checkAccountName } from "./check-accounts.ts";
import { readSend } from "./planned-requests.ts";
import { resourceKeys } from "./planned-resources.ts";

/** Tells resources that the contract does not mask, holders that are no accounts, and ids that cannot be what they are said to be. */
export function checkResources(tree: SourceMap, contract: Contract, faults: FaultList): void {
  const known = contract.masking.map(({ resource }) => resource);
  for (const [name, { keyAt, node }] of membersOf(memberOf(tree, "resources")?.node)) {
    const maskings = contract.masking.filter(({ resource }) => resource === name);
    if (maskings.length === 0)
      faults.tell({
        at: keyAt,
        path: node.path,
        message: `is no resource of the contract's masking: ${JSON.stringify(name)}`,
        ...(known.length === 0 ? { advice: "the contract masks none" } : adviseNearest(name, known)),
      });
    for (const [account, holdings] of membersOf(node))
      if (!resourceKeys.includes(account)) checkAccountName(account, holdings.keyAt, holdings.node.path, tree, faults);
    const held = heldIds(node);
    for (const each of held) {
      const isPath = maskings.some(({ parameter }) => parameter === undefined);
      if (isPath && !/^\/[!"$-~]*$/.test(each.id))
        tellId(each, "is not a path, and it is by its whole path that the contract knows this resource", faults);
      if (!isPath && /^\.{1,2}$/.test(each.id)) tellId(each, "means a folder in a path, and cannot be an id there", faults);
    }
    checkHolders(held, faults);
    checkCreation(
      node,
      maskings.flatMap(({ parameter }) => parameter ?? []),
      faults,
    );
  }
}

/** An id, and who is said to have it as what. */
interface HeldId {
  readonly id: string;
  /** undefined: nobody. */
  readonly account: string | undefined;
  readonly as: string;
  readonly node: SourceNode;
}

function heldIds(resource: SourceNode): HeldId[] {
  return membersOf(resource).flatMap(([account, { node }]) => {
    const found = (as: string, holder: string | undefined, at: SourceNode | undefined): HeldId[] => {
      const id = textOf(at);
      return at === undefined || id === undefined ? [] : [{ id, account: holder, as, node: at }];
    };
    if (account === "missing") return found(account, undefined, node);
    if (account === "create") return [];
    return [
      ...found("own", account, memberOf(node, "own")?.node),
      ...found("throwAway", account, memberOf(node, "throwAway")?.node),
      ...itemsOf(memberOf(node, "fresh")?.node).flatMap((item) => found("fresh", account, item)),
    ];
  });
}

/** What is one account's is no other's; what stays as it is cannot be thrown away. */
function checkHolders(held: readonly HeldId[], faults: FaultList): void {
  const first = new Map<string, HeldId>();
  for (const each of held) {
    const known = first.get(each.id);
    if (known === undefined) first.set(each.id, each);
    else if (known.account !== each.account)
      tellId(each, `cannot be ${holderOf(each)} and ${holderOf(known)} (line ${known.node.at.line}) at once`, faults);
    else if (known.as === "own" || each.as === "own")
      tellId(each, `cannot be own and ${each.as === "own" ? known.as : each.as} at once`, faults);
    else if (known.as === each.as) tellId(each, `is listed as ${each.as} twice`, faults);
  }
}

function holderOf({ account }: HeldId): string {
  return account === undefined ? "nobody's" : `${account}'s`;
}

function tellId({ node }: HeldId, message: string, faults: FaultList): void {
  faults.tell({ at: node.at, path: node.path, message });
}

function checkCreation(resource: SourceNode, parameters: readonly string[], faults: FaultList): void {
  const create = memberOf(resource, "create")?.node;
  const own = create && readSend(create).parameters.find((name) => parameters.includes(name));
  if (create !== undefined && own !== undefined)
    faults.tell({ at: create.at, path: create.path, message: `makes what it already needs: {${own}} in its path` });
}
