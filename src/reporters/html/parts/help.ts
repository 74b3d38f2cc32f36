import { type Branch, h } from "../tree.ts";

/** Keys, as the help dialog and docs/html-report.md list them. */
const keys: readonly (readonly [key: string, does: string])[] = [
  ["/", "search"],
  ["j", "next finding"],
  ["k", "previous finding"],
  ["Enter", "open or close it"],
  ["e", "open or close all on this page of the list"],
  ["Esc", "leave the search; again: clear all filters"],
  ["?", "this help"],
];

/** A dialog with the keys, and a switch for them: single keys disturb people who speak to their computer. */
export function helpPart(): Branch {
  return h(
    "dialog",
    { id: "help", "aria-labelledby": "help-title" },
    h("h2", { id: "help-title" }, "Keys"),
    h("dl", { class: "keys" }, ...keys.map(([key, does]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)))),
    h("p", {}, "Filters and search stand in the address: a link keeps them. Printing opens every finding that the filters show."),
    h("label", { class: "check" }, h("input", { type: "checkbox", id: "keys", checked: true }), "Single keys are on"),
    h("p", {}, h("button", { type: "button", "data-action": "close-help" }, "Close")),
  );
}

/** Theme and help: what stands in the page's corner. */
export function toolsPart(): Branch {
  const themes = ["auto", "light", "dark"] as const;
  return h(
    "div",
    { class: "tools", "data-scripted": true, hidden: true },
    h(
      "fieldset",
      { class: "theme" },
      h("legend", {}, "Theme"),
      ...themes.map((theme) =>
        h("label", {}, h("input", { type: "radio", name: "theme", value: theme, checked: theme === "auto" }), h("span", {}, theme)),
      ),
    ),
    h("button", { type: "button", class: "quiet", "data-action": "help" }, "Keys ", h("kbd", { "aria-hidden": "true" }, "?")),
  );
}
