import type { PageData } from "../page-data.ts";
import { anchorOf } from "../views/links.ts";
import { copyFrom } from "./copy.ts";
import { type Filters, noFilters, oneNames, readHash, writeHash } from "./filters.ts";
import { find, findAll } from "./find.ts";
import { listenToKeys } from "./keys.ts";
import { listenToPrint } from "./print.ts";
import { prepareSearch } from "./select.ts";
import { readFilters, showFilters } from "./show-filters.ts";
import { bringMarksIntoView, noteToggle, showAllOf, showList } from "./show-list.ts";
import { listenToTheme } from "./theme.ts";
import { beginView, filterView, pagesOf, revealFinding, type View } from "./view.ts";

const view: View = beginView(JSON.parse(find("#data").textContent ?? "") as PageData);

function show(): void {
  showFilters(view.filters);
  showList(view);
  bringMarksIntoView(find("#list"));
}

/** Filters as the reader changes them: the address follows, without a step in the browser's history for each key. */
function change(filters: Filters, page = 0): void {
  filterView(view, filters, page);
  const hash = writeHash(view.filters, view.page);
  // Some browsers refuse many changes in a short time; the next one takes.
  try {
    history.replaceState(null, "", hash === "" ? `${location.pathname}${location.search}` : `#${hash}`);
  } catch {}
  show();
}

/** Goes where the address says. `scroll`: the reader followed a link. */
function follow(scroll: boolean): void {
  const asked = readHash(location.hash);
  if (asked.kind === "place") return;
  if (asked.kind === "filters") {
    filterView(view, asked.filters, asked.page);
    show();
    if (scroll) find("#findings").scrollIntoView();
    return;
  }
  const finding = revealFinding(view, asked.anchor);
  if (finding === undefined) {
    find("#said").textContent = "This report has no finding of that address.";
    return;
  }
  show();
  let target = document.getElementById(anchorOf(finding));
  if (target === null) {
    // It is one of many that say the same, and not among those made at first.
    for (const details of findAll<HTMLDetailsElement>("details.finding[open]"))
      if (details.querySelector("[data-action=more]")) showAllOf(view, details);
    target = document.getElementById(anchorOf(finding));
  }
  target?.focus({ preventScroll: true });
  target?.closest(".card")?.scrollIntoView();
  if (target !== null && target.getBoundingClientRect().top > innerHeight * 0.7) target.scrollIntoView();
}

function turnPage(step: 1 | -1): boolean {
  const page = view.page + step;
  if (page < 0 || page >= pagesOf(view)) return false;
  change(view.filters, page);
  return true;
}

function toggleAll(): void {
  const all = findAll<HTMLDetailsElement>("details.finding");
  const open = all.some((details) => !details.open);
  for (const details of all) details.open = open;
}

function act(button: HTMLElement): void {
  const action = button.dataset.action;
  if (action === "copy") void copyFrom(button);
  else if (action === "clear") change(noFilters);
  else if (action === "expand") toggleAll();
  else if (action === "help") find<HTMLDialogElement>("#help").showModal();
  else if (action === "close-help") find<HTMLDialogElement>("#help").close();
  else if (action === "next" || action === "previous") {
    if (turnPage(action === "next" ? 1 : -1)) find("#findings").scrollIntoView();
  } else if (action === "more") {
    const details = button.closest("details");
    if (details !== null) showAllOf(view, details);
  } else if (action === "drop") {
    const name = oneNames.find((known) => known === button.dataset.name);
    if (name !== undefined) change({ ...view.filters, [name]: "" });
  }
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-action]") : null;
  if (button !== null) act(button);
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
  // A link to where the address is already changes nothing, and is still meant.
  if (link !== null && link.hash === location.hash) follow(true);
});
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target instanceof HTMLDetailsElement && event.target.matches(".finding")) noteToggle(view, event.target);
  },
  true,
);
for (const part of findAll("[data-scripted]")) part.hidden = false;
document.documentElement.dataset.scripted = "";
listenToTheme();
document.querySelector(".controls")?.addEventListener("input", () => change(readFilters(view.filters)));
addEventListener("hashchange", () => follow(true));
listenToKeys({ turnPage, clear: () => change(noFilters), toggleAll });
listenToPrint(view);
show();
if (location.hash !== "") follow(true);
if ("requestIdleCallback" in globalThis) requestIdleCallback(() => prepareSearch(view.data.groups));
