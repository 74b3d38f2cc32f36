import type { Contract } from "../../model/contract.ts";
import { isSecretField } from "../../syntax/secret-field.ts";
import type { FaultList } from "../../yaml-source/fault-list.ts";
import { memberOf, membersOf, type SourceMap, type SourceNode, textOf } from "../../yaml-source/source-tree.ts";

/** What the connection itself says. */
const ofConnection = ["host", "content-length", "connection", "transfer-encoding", "upgrade", "te", "trailer", "expect", "keep-alive"];

/** Tells header fields of a plan that it may not set. Values are not repeated: one may be a credential. */
export function checkHeaders(tree: SourceMap, contract: Contract, faults: FaultList): void {
  const ofRequests = membersOf(memberOf(tree, "requests")?.node).flatMap(([, { node }]) => (node.kind === "list" ? node.items : [node]));
  for (const holder of [tree, ...ofRequests]) {
    for (const [name, { keyAt, node }] of membersOf(memberOf(holder, "headers")?.node)) {
      const problem = problemOf(name, node, contract);
      if (problem !== undefined) faults.tell({ at: keyAt, path: node.path, ...problem });
    }
  }
}

function problemOf(name: string, node: SourceNode, contract: Contract): { readonly message: string; readonly advice?: string } | undefined {
  const lower = name.toLowerCase();
  const keyPlace = contract.idempotency?.keyPlace;
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return { message: "is no name of a header field" };
  if (isSecretField(name, contract.authentication.credentials))
    return { message: "is a field for credentials, which a plan does not hold", advice: "name an environment variable under accounts" };
  if (ofConnection.includes(lower)) return { message: "is set by the connection itself" };
  if (keyPlace !== undefined && "header" in keyPlace && keyPlace.header.toLowerCase() === lower)
    return { message: "is what probes set: they ask with a key and without one" };
  // Space and tab within are allowed, and what RFC 9110 calls obs-text.
  return /[^\t\x20-\x7e\x80-\xff]|^\s|\s$/.test(textOf(node) ?? "") ? { message: "has a value that no header field can have" } : undefined;
}
