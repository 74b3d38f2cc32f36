import type { Tree } from "./tree.ts";

const childless: ReadonlySet<string> = new Set(["meta", "input", "br", "hr"]);
const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A tree as HTML; every text and value in it escaped. */
export function writeTree(tree: Tree): string {
  if (tree === undefined) return "";
  if (typeof tree === "string") return escapeHtml(tree);
  if (isList(tree)) return tree.map(writeTree).join("");
  const attributes = Object.entries(tree.attributes).map(([name, value]) =>
    value === undefined || value === false ? "" : value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`,
  );
  const open = `<${tree.tag}${attributes.join("")}>`;
  return childless.has(tree.tag) ? open : `${open}${tree.children.map(writeTree).join("")}</${tree.tag}>`;
}

/** Text made fit for an element's content and for a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function isList(tree: Exclude<Tree, undefined | string>): tree is readonly Tree[] {
  return Array.isArray(tree);
}
