import { type Attributes, type Branch, h, type Tree } from "../tree.ts";

/** A button that copies what stands in the nearest `data-copied` inside the same `.copyable`: what is shown, and nothing that is not. */
export function copyButton(what: string): Branch {
  return h("button", { type: "button", class: "quiet copy", "data-action": "copy", "data-what": what }, `Copy ${what}`);
}

/** Something with its button. The button does nothing without the script, and is hidden there. */
export function copyable(what: string, attributes: Attributes, shown: Branch, ...before: Tree[]): Branch {
  return h("div", { ...attributes, class: `copyable ${attributes.class ?? ""}`.trim() }, ...before, shown, copyButton(what));
}
