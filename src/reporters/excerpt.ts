import { columnsOf, endOf, shortened, startOf, visible } from "../syntax/terminal-text.ts";
import { widthOf } from "./layout.ts";
import { type Look, paintOf, signsOf } from "./look.ts";
import { uncommanded } from "./workflow-commands.ts";

/** The evidence on one line, the marked place (between ⟦ and ⟧) in colour and underlined by carets. */
export function excerpt(evidence: string, look: Look, indent: string): string[] {
  if (evidence === "") return [];
  const { dim, place } = paintOf(look);
  const { bar, ellipsis } = signsOf(look);
  const margin = `${indent}${dim(bar)} `;
  const [before, marked, after] = fitted(split(evidence), widthOf(look) - indent.length - bar.length - 1, ellipsis);
  const line = `${margin}${dim(before)}${place(marked)}${dim(after)}`;
  if (marked === "" || before + after === "") return [line];
  return [line, `${margin}${" ".repeat(columnsOf(before))}${place("^".repeat(columnsOf(marked)))}`];
}

type Parts = readonly [before: string, marked: string, after: string];

/** Several places (a field that stands twice) are marked as one stretch. */
function split(evidence: string): Parts {
  const open = evidence.indexOf("⟦");
  const close = evidence.lastIndexOf("⟧");
  if (open < 0 || close < open) return [shown(evidence), "", ""];
  const marked = evidence.slice(open + 1, close).replaceAll(/⟧([^⟦]*)⟦/g, "$1");
  return [shown(evidence.slice(0, open)), shown(marked), shown(evidence.slice(close + 1))];
}

function shown(text: string): string {
  return uncommanded(visible(text));
}

/** Cuts the ends away from the marked place, and the middle of the place where it is too long itself. */
function fitted([before, marked, after]: Parts, columns: number, ellipsis: string): Parts {
  if (before.length + marked.length + after.length <= columns && columnsOf(before + marked + after) <= columns)
    return [before, marked, after];
  if (marked === "") return [cutEnd(before, columns, ellipsis), "", ""];
  const place = shortened(marked, Math.max(8, columns - 2 * Math.floor(columns / 5)), ellipsis);
  const room = columns - columnsOf(place);
  const right = Math.min(columnsOf(after), Math.max(Math.floor(room / 2), room - columnsOf(before)));
  return [cutStart(before, room - right, ellipsis), place, cutEnd(after, right, ellipsis)];
}

function cutStart(text: string, columns: number, ellipsis: string): string {
  return fits(text, columns) ? text : columns < ellipsis.length ? "" : ellipsis + endOf(text, columns - ellipsis.length);
}

function cutEnd(text: string, columns: number, ellipsis: string): string {
  return fits(text, columns) ? text : columns < ellipsis.length ? "" : startOf(text, columns - ellipsis.length) + ellipsis;
}

function fits(text: string, columns: number): boolean {
  return text.length <= columns * 2 && columnsOf(text) <= columns;
}
