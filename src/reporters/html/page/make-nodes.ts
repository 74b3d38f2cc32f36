import { type Branch, svgTags, type Tree } from "../tree.ts";

/** A tree as nodes. Text enters as text nodes only; nothing here reads markup. */
export function makeNodes(tree: Tree): Node {
  if (tree === undefined) return document.createDocumentFragment();
  if (typeof tree === "string") return document.createTextNode(tree);
  if (isBranch(tree)) return makeElement(tree);
  const nodes = document.createDocumentFragment();
  for (const part of tree) nodes.append(makeNodes(part));
  return nodes;
}

function makeElement({ tag, attributes, children }: Branch): Element {
  const element = svgTags.has(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  for (const child of children) element.append(makeNodes(child));
  return element;
}

function isBranch(tree: Branch | readonly Tree[]): tree is Branch {
  return !Array.isArray(tree);
}
