import { counted, number } from "../../layout.ts";
import { find, findAll } from "./find.ts";
import { bringMarksIntoView, makeCard, showList } from "./show-list.ts";
import type { View } from "./view.ts";

/** Groups that are printed: some thousand pages help nobody. */
const printed = 500;

/** On paper everything stands open that the filters leave. */
export function listenToPrint(view: View): void {
  let closed: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    const some = view.selected.slice(0, printed);
    const most = { findings: 50, samples: 5 };
    find("#list").replaceChildren(...some.map((selected) => makeCard(view, selected, true, most)));
    const more = view.selected.length - some.length;
    find("#print-note").textContent =
      more > 0 ? `Printed: the first ${counted(some.length, "group")}; ${number(more)} more are not. Filters choose which.` : "";
    closed = findAll<HTMLDetailsElement>("details:not([open])");
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
    closed = [];
    find("#print-note").textContent = "";
    showList(view);
    bringMarksIntoView(document);
  });
}
