import { resolve } from "node:path";
import type { Contract } from "../../model/contract.ts";
import { itemsOf, memberOf, membersOf, nodeAt, type SourceMap, type SourceNode, textOf } from "../../yaml-source/source-tree.ts";
import type { Plan, PlannedConnection } from "./plan.ts";
import { planLimits } from "./planned-limits.ts";
import { deriveRequests, linesIn, listRequests, textsIn } from "./planned-requests.ts";
import { planResources } from "./planned-resources.ts";

/** Where a plan stands, and what it is for. */
export interface PlanPlace {
  /** As reports name the plan. */
  readonly name: string;
  /** The folder that its file names are relative to. */
  readonly folder: string;
  readonly target: string;
  /** What it names as its contract, seen from the working directory. */
  readonly reference: string | undefined;
}

/** Makes a plan of a tree that has the right shape. */
export function compilePlan(tree: SourceMap, contract: Contract, { name, folder, target, reference }: PlanPlace): Plan {
  return {
    file: name,
    target,
    contract: reference,
    accounts: membersOf(memberOf(tree, "accounts")?.node).map(([account, { keyAt, node }]) => ({
      name: account,
      variables: variablesOf(node),
      source: keyAt,
    })),
    resources: planResources(tree, contract),
    requests: [...listRequests(tree).map(({ request }) => request), ...deriveRequests(tree, contract, target)],
    parameters: textsIn(memberOf(tree, "parameters")?.node),
    headers: linesIn(memberOf(tree, "headers")?.node),
    limits: planLimits(memberOf(tree, "limits")?.node, contract.rateLimit),
    connection: planConnection(tree, folder),
  };
}

/** Names of the environment variables of an account. */
function variablesOf(account: SourceNode): string[] {
  const node = memberOf(account, "credential")?.node;
  return (node?.kind === "list" ? itemsOf(node) : [node]).flatMap((each) => textOf(each) ?? []);
}

function planConnection(tree: SourceMap, folder: string): PlannedConnection {
  const file = (name: string) => {
    const path = textOf(nodeAt(tree, "tls", name));
    return path === undefined ? undefined : resolve(folder, path);
  };
  const insecure = nodeAt(tree, "tls", "insecure");
  return {
    ca: file("ca"),
    cert: file("cert"),
    key: file("key"),
    insecure: insecure?.kind === "scalar" && insecure.value === true,
    proxy: textOf(memberOf(tree, "proxy")?.node),
  };
}
