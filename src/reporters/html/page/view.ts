import type { FindingData, GroupData, PageData } from "../page-data.ts";
import { anchorOf } from "../views/links.ts";
import { type Filters, noFilters } from "./filters.ts";
import { type Selected, select } from "./select.ts";

/** Cards on a page of the list: what bounds the page's nodes. */
export const pageLength = 50;
const openAtFirst = 3;

/** What the reader sees of the findings, and how to change it. */
export interface View {
  readonly data: PageData;
  filters: Filters;
  /** From 0. */
  page: number;
  selected: readonly Selected[];
  /** Groups whose cards stand open. */
  readonly open: Set<GroupData>;
}

export function beginView(data: PageData): View {
  return { data, filters: noFilters, page: 0, selected: select(data.groups, noFilters), open: new Set(data.groups.slice(0, openAtFirst)) };
}

/** Changes what is wanted, and goes to a page of it as far as there is one. */
export function filterView(view: View, filters: Filters, page = 0): void {
  view.filters = filters;
  view.selected = select(view.data.groups, filters);
  view.page = Math.min(page, pagesOf(view) - 1);
}

/** Makes sure that a finding is shown: filters that hide it are dropped. undefined = there is none with that anchor. */
export function revealFinding(view: View, anchor: string): FindingData | undefined {
  const at = view.data.groups.findIndex(({ findings }) => findings.some((finding) => anchorOf(finding) === anchor));
  const group = view.data.groups[at];
  if (group === undefined) return undefined;
  filterView(view, noFilters, Math.floor(at / pageLength));
  view.open.add(group);
  return group.findings.find((finding) => anchorOf(finding) === anchor);
}

export function pagesOf({ selected }: View): number {
  return Math.max(1, Math.ceil(selected.length / pageLength));
}

/** The groups on the page of the list that is shown. */
export function shownOf({ selected, page }: View): readonly Selected[] {
  return selected.slice(page * pageLength, (page + 1) * pageLength);
}
