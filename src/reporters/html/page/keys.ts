import { find, findAll } from "./find.ts";
import { recall, store } from "./storage.ts";

/** What single keys do. */
export interface KeyDeeds {
  readonly turnPage: (step: 1 | -1) => boolean;
  readonly clear: () => void;
  readonly toggleAll: () => void;
}

/** Answers to keys, unless somebody writes, holds a modifier, or has switched them off. */
export function listenToKeys(deeds: KeyDeeds): void {
  const box = find<HTMLInputElement>("#keys");
  box.checked = recall("keys") !== "off";
  box.addEventListener("change", () => store("keys", box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || find<HTMLDialogElement>("#help").open) return;
    const focused = document.activeElement;
    const search = document.querySelector<HTMLInputElement>("#q");
    if (event.key === "Escape") {
      // A browser of its own would empty the field at once.
      event.preventDefault();
      if (focused === search && search !== null) search.blur();
      else deeds.clear();
      return;
    }
    if (!box.checked || (focused instanceof HTMLElement && focused.matches("input:not([type=checkbox], [type=radio]), select, textarea")))
      return;
    const does: Readonly<Record<string, () => void>> = {
      "/": () => search?.select(),
      j: () => step(1, deeds),
      k: () => step(-1, deeds),
      e: deeds.toggleAll,
      "?": () => find<HTMLDialogElement>("#help").showModal(),
    };
    const act = Object.hasOwn(does, event.key) ? does[event.key] : undefined;
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

/** Goes to the next or previous card, over the ends of the list's pages. */
function step(by: 1 | -1, { turnPage }: KeyDeeds): void {
  const here = document.activeElement?.closest<HTMLElement>(".card");
  const all = findAll(".card");
  const at = here == null ? -1 : all.indexOf(here);
  if (at < 0) {
    const below = all.findIndex((card) => card.getBoundingClientRect().bottom > 0);
    focusCard(all[Math.max(0, by > 0 ? below : below - 1)]);
    return;
  }
  const next = all[at + by];
  if (next !== undefined) focusCard(next);
  else if (turnPage(by)) focusCard(findAll(".card").at(by > 0 ? 0 : -1));
}

function focusCard(card: HTMLElement | undefined): void {
  const summary = card?.querySelector<HTMLElement>("summary");
  summary?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest" });
  const top = summary?.getBoundingClientRect().top ?? 0;
  if (top < 0 || top > innerHeight - 80) card?.scrollIntoView({ block: "start" });
}
