import { counted, number } from "../../layout.ts";
import { groupBody, groupView } from "../views/group.ts";
import { find, findAll } from "./find.ts";
import { makeNodes } from "./make-nodes.ts";
import type { Selected } from "./select.ts";
import { pageLength, pagesOf, shownOf, type View } from "./view.ts";

/** How much of an open card is made at once. */
const inBody = { findings: 10, samples: 5 };

const cards = new WeakMap<Element, Selected>();

/** Shows the page of the list that the view is at, and says how much is shown. */
export function showList(view: View): void {
  find("#list").replaceChildren(...shownOf(view).map((selected) => makeCard(view, selected, view.open.has(selected.group))));
  find("#count").textContent = countText(view);
  const pages = pagesOf(view);
  const from = view.page * pageLength;
  for (const pager of findAll(".pager")) {
    pager.hidden = pages === 1;
    const range = pager.querySelector(".range");
    const to = Math.min(from + pageLength, view.selected.length);
    if (range !== null) range.textContent = `${number(from + 1)}–${number(to)} of ${number(view.selected.length)}`;
    for (const button of findAll<HTMLButtonElement>("button", pager))
      button.disabled = button.dataset.action === "previous" ? view.page === 0 : view.page === pages - 1;
  }
}

/** A card, its body made only where it is open. */
export function makeCard(view: View, selected: Selected, open: boolean, most: typeof inBody = inBody): Element {
  const { group, findings } = selected;
  const body = open ? groupBody(group, findings, view.data.exchanges, most) : undefined;
  const card = makeNodes(groupView(group, findings, { open, body })) as Element;
  cards.set(card, selected);
  return card;
}

/** Remembers that a card was opened or closed, and makes its body when it is first opened. */
export function noteToggle(view: View, details: HTMLDetailsElement): void {
  const card = details.closest(".card");
  const selected = card === null ? undefined : cards.get(card);
  if (selected === undefined) return;
  if (!details.open) {
    view.open.delete(selected.group);
    return;
  }
  view.open.add(selected.group);
  fillCard(view, details, inBody);
}

/** Makes what of a card's findings was left out so far. */
export function showAllOf(view: View, details: HTMLDetailsElement): void {
  details.querySelector(".body")?.replaceChildren();
  fillCard(view, details, { ...inBody, findings: Number.POSITIVE_INFINITY });
}

function fillCard(view: View, details: HTMLDetailsElement, most: typeof inBody): void {
  const card = details.closest(".card");
  const selected = card === null ? undefined : cards.get(card);
  const body = details.querySelector(".body");
  if (selected === undefined || body === null || body.hasChildNodes()) return;
  body.replaceChildren(makeNodes(groupBody(selected.group, selected.findings, view.data.exchanges, most)));
  bringMarksIntoView(body);
}

/** A place deep in a long body is scrolled to, within the body. */
export function bringMarksIntoView(within: ParentNode): void {
  for (const mark of findAll("pre.long mark", within)) {
    const pre = mark.closest("pre");
    if (pre !== null) pre.scrollTop = Math.max(0, mark.offsetTop - pre.offsetTop - 60);
  }
}

function countText({ selected, data }: View): string {
  const sum = (groups: readonly Pick<Selected, "findings">[]) => groups.reduce((count, { findings }) => count + findings.length, 0);
  const shown = sum(selected);
  const all = sum(data.groups);
  const groups = selected.length === shown ? "" : ` in ${counted(selected.length, "group")}`;
  return shown === all ? `${counted(all, "finding")}${groups}` : `${number(shown)} of ${counted(all, "finding")} shown${groups}`;
}
