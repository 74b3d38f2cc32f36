import { secretShapes } from "../../syntax/secret-shapes.ts";
import type { FaultList } from "../../yaml-source/fault-list.ts";
import { itemsOf, memberOf, membersOf, type SourceMap, type SourceNode, textOf } from "../../yaml-source/source-tree.ts";

const inVariable = "put it into an environment variable, and name that one under accounts";

/** Keys of what a user's data fills. */
const lenient = ["body", "resources", "parameters", "done"];

/** Tells every place of a plan that holds what looks like a secret. Nothing of it is repeated, so this comes before any other check. */
export function checkSecrets(tree: SourceMap, faults: FaultList): void {
  for (const [, { node }] of membersOf(memberOf(tree, "accounts")?.node)) {
    const credential = memberOf(node, "credential")?.node;
    for (const each of credential?.kind === "list" ? itemsOf(credential) : [credential]) checkVariable(each, faults);
  }
  for (const [name, { node }] of membersOf(tree)) if (name !== "accounts") searchNode(node, lenient.includes(name), faults);
}

function checkVariable(node: SourceNode | undefined, faults: FaultList): void {
  const text = textOf(node);
  if (node === undefined || text === undefined || isVariableName(text)) return;
  faults.tell({
    at: node.at,
    path: node.path,
    message: "is not the name of an environment variable, and is not repeated here",
    advice: inVariable,
  });
}

/** Could a text be the name of a variable? A long mixture of small letters and digits is rather its value. */
function isVariableName(text: string): boolean {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return false;
  return !(hasSecret(text, "wide") || (text.length >= 16 && !text.includes("_") && /[a-z]/.test(text) && /[0-9]/.test(text)));
}

/** In a body and among ids only what is surely a secret is told: a body may well have a member named password. */
function searchNode(node: SourceNode, isLenient: boolean, faults: FaultList): void {
  const text = textOf(node);
  if (text !== undefined) {
    if (!hasSecret(text, isLenient ? "whole" : "wide")) return;
    faults.tell({ at: node.at, path: node.path, message: "looks like a secret, and is not repeated here", advice: "a plan holds none" });
  } else if (node.kind === "list") for (const item of itemsOf(node)) searchNode(item, isLenient, faults);
  else for (const [name, member] of membersOf(node)) searchNode(member.node, isLenient || lenient.includes(name), faults);
}

function hasSecret(text: string, form: "wide" | "whole"): boolean {
  return secretShapes.some((shape) => {
    const pattern = form === "wide" ? shape.wide : shape.whole;
    return pattern !== undefined && (form === "wide" || !shape.isIssued) && text.search(pattern) >= 0;
  });
}
