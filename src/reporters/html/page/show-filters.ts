import { h } from "../tree.ts";
import { type Filters, manyNames, oneNames } from "./filters.ts";
import { find, findAll } from "./find.ts";
import { makeNodes } from "./make-nodes.ts";

/** Puts filters into the controls. What no control can show stands beside them, to be dropped. */
export function showFilters(filters: Filters): void {
  const search = document.querySelector<HTMLInputElement>("#q");
  if (search === null) return;
  if (search.value !== filters.q) search.value = filters.q;
  for (const name of manyNames)
    for (const box of findAll<HTMLInputElement>(`input[name="${name}"]`)) box.checked = filters[name].includes(box.value);
  for (const name of oneNames) {
    const choice = document.querySelector<HTMLSelectElement>(`select#${name}`);
    if (choice !== null) choice.value = filters[name];
  }
  const active = oneNames.filter((name) => filters[name] !== "");
  find("#active").replaceChildren(
    ...active.map((name) =>
      makeNodes(
        h(
          "button",
          {
            type: "button",
            class: "chip",
            "data-action": "drop",
            "data-name": name,
            "aria-label": `Drop the filter ${name}: ${filters[name]}`,
          },
          `${name}: ${filters[name]} ✕`,
        ),
      ),
    ),
  );
}

/** What the controls say; what has no control stays as it is. */
export function readFilters(filters: Filters): Filters {
  const many = (name: (typeof manyNames)[number]) => {
    const boxes = findAll<HTMLInputElement>(`input[name="${name}"]`);
    return boxes.length === 0 ? filters[name] : boxes.filter((box) => box.checked).map((box) => box.value);
  };
  const one = (name: (typeof oneNames)[number]) => {
    const choice = document.querySelector<HTMLSelectElement>(`select#${name}`);
    // A value that is not offered shows as none, and still holds.
    return choice === null || choice.selectedIndex < 0 ? filters[name] : choice.value;
  };
  return {
    q: find<HTMLInputElement>("#q").value,
    severity: many("severity"),
    state: many("state"),
    subject: many("subject"),
    rule: one("rule"),
    operation: one("operation"),
    row: one("row"),
  };
}
