import type { RowVerdict } from "../model/report.ts";
import { columnsOf } from "../syntax/terminal-text.ts";
import type { Before } from "./broken-before.ts";
import { foreign, number, widthOf } from "./layout.ts";
import { type Look, paintOf, signsOf } from "./look.ts";

/** One promise in a grid of verdicts. */
export interface Cell {
  readonly name: string;
  readonly verdict: RowVerdict;
  /** Broken, and by nothing new. */
  readonly before?: Before | undefined;
  /** How often it was put to the test. */
  readonly seen: number;
}

/** Lines of a grid before the rest is only counted. */
const mostLines = 24;

/** Promises side by side, in their own order, each with its verdict's sign and how often it was met. */
export function verdictGrid(cells: readonly Cell[], look: Look): string[] {
  const counts = cells.map(({ seen }) => (seen === 0 ? "" : number(seen)));
  const longest = widestOf(counts);
  const names = cells.map(({ name, before }) => {
    const mark = before === undefined ? "" : ` (${before})`;
    return `${foreign(name, Math.min(48, widthOf(look) - 5 - longest) - mark.length)}${mark}`;
  });
  const widest = widestOf(names);
  const width = 2 + widest + 1 + longest;
  const perLine = Math.max(1, Math.floor((widthOf(look) - 2 + 3) / (width + 3)));
  const lines: string[] = [];
  for (let at = 0; at < cells.length && lines.length < mostLines; at += perLine) {
    const line = cells.slice(at, at + perLine).map((cell, index) => {
      const [name = "", count = ""] = [names[at + index], counts[at + index]];
      const gap = " ".repeat(width - 2 - columnsOf(name) - columnsOf(count));
      return `${signOf(cell, look)} ${name}${gap}${count}`;
    });
    lines.push(`  ${line.join("   ")}`.trimEnd());
  }
  const rest = cells.length - mostLines * perLine;
  return rest > 0 ? [...lines, `  and ${number(rest)} more: --format json lists them all`] : lines;
}

function widestOf(texts: readonly string[]): number {
  return texts.reduce((widest, text) => Math.max(widest, columnsOf(text)), 0);
}

/** What the signs of the verdicts that occur stand for. */
export function verdictLegend(cells: readonly Cell[], look: Look): string {
  const order: readonly RowVerdict[] = ["kept", "broken", "inconclusive", "skipped", "unseen", "not observable"];
  const befores = [undefined, "known", "ignored"] as const;
  const kinds = order.flatMap((verdict) => befores.map((before) => ({ verdict, before })));
  return kinds
    .flatMap(({ verdict, before }) => {
      const count = cells.filter((cell) => cell.verdict === verdict && cell.before === before).length;
      return count === 0
        ? []
        : [`${signOf({ verdict, before }, look)} ${number(count)} ${verdict}${before === undefined ? "" : ` (${before})`}`];
    })
    .join("   ");
}

function signOf({ verdict, before }: Pick<Cell, "verdict" | "before">, look: Look): string {
  const { good, error, warning, dim } = paintOf(look);
  const { kept, broken, unseen, unjudged } = signsOf(look);
  switch (verdict) {
    case "kept":
      return good(kept);
    case "broken":
      return before === undefined ? error(broken) : warning(broken);
    case "unseen":
    case "skipped":
      return dim(unseen);
    case "inconclusive":
    case "not observable":
      return warning(unjudged);
  }
}
