import type { Contract, Credential, SourceLine } from "../../model/contract.ts";
import { adviseNearest, type FaultList } from "../../yaml-source/fault-list.ts";
import { itemsOf, memberOf, membersOf, type SourceMap, textOf } from "../../yaml-source/source-tree.ts";
import { resourceKeys } from "./planned-resources.ts";

/** Tells accounts that share a variable, have more of them than the contract has credentials, or a name that means something else. */
export function checkAccounts(tree: SourceMap, { authentication: { credentials } }: Contract, faults: FaultList): void {
  const first = new Map<string, SourceLine>();
  for (const [name, { keyAt, node }] of membersOf(memberOf(tree, "accounts")?.node)) {
    if (resourceKeys.includes(name))
      faults.tell({ at: keyAt, path: node.path, message: `is a key of resources, and no name for an account: ${JSON.stringify(name)}` });
    // Recordings and curl lines carry it.
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(name))
      faults.tell({
        at: keyAt,
        path: node.path,
        message: `is no name for an account: ${faults.quote(name, keyAt)}`,
        advice: "letters, digits, - _ .",
      });
    const credential = memberOf(node, "credential")?.node;
    const variables = credential?.kind === "list" ? itemsOf(credential) : credential === undefined ? [] : [credential];
    if (credential !== undefined && variables.length > credentials.length)
      faults.tell({
        at: credential.at,
        path: credential.path,
        message: `names ${variables.length} variables, and the contract declares ${credentials.length === 1 ? "one credential" : `${credentials.length} credentials`}`,
        advice: credentials.map(nameCredential).join(", "),
      });
    for (const variable of variables) {
      const text = textOf(variable) ?? "";
      const known = first.get(text);
      if (known === undefined) first.set(text, variable.at);
      else
        faults.tell({
          at: variable.at,
          path: variable.path,
          message: `names a variable for the second time, first on line ${known.line}: ${text}`,
          advice: "two accounts with one credential are one account",
        });
    }
  }
}

/** For people: `header Authorization`. */
export function nameCredential(credential: Credential): string {
  return Object.entries(credential)
    .map(([kind, name]) => `${kind} ${name}`)
    .join("");
}

/** Tells a name that is no account of the plan. */
export function checkAccountName(
  name: string,
  at: SourceLine,
  path: readonly (string | number)[],
  tree: SourceMap,
  faults: FaultList,
): void {
  const known = membersOf(memberOf(tree, "accounts")?.node).map(([account]) => account);
  if (!known.includes(name))
    faults.tell({
      at,
      path,
      message: `names the account ${JSON.stringify(name)}, which the plan does not have`,
      ...adviseNearest(name, [...known, ...resourceKeys]),
    });
}
