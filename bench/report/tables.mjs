// Tables of what was measured: one for each kind of capture, its sizes side by side.
import { parseSize } from "../make-capture.mjs";
import { figureOf, inWords, memoryInWords, twoDigits } from "./figures.mjs";

/** "500MB" as it is written in a text. @param {string} size */
const spaced = (size) => size.replace(/(\d)([A-Z])/i, "$1 $2");

/** @param {any} series */
const figuresOf = (series) => /** @type {NonNullable<ReturnType<typeof figureOf>>[]} */ ((series.results ?? []).map(figureOf));

/** A failure is in another program's words. @param {string} text */
const escapeCell = (text) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** Time, times envelint's time, and peak. @param {ReturnType<typeof figureOf>} figure @param {number | undefined} ours */
function cellsOf(figure, ours) {
  if (figure === undefined) return ["–", "–", "–"];
  const { wall, peak, failure } = figure;
  if (wall === undefined) return [escapeCell(failure ?? "not measured"), "–", peak === undefined ? "–" : memoryInWords(peak)];
  return [inWords(wall), ours === undefined ? "–" : twoDigits(wall / ours), memoryInWords(peak)];
}

/** One table of series that differ in size alone. @param {readonly any[]} group @param {readonly string[]} heads */
function printTable(group, heads) {
  const columns = group.map((series) => {
    const figures = figuresOf(series);
    return { figures, ours: figures.find(({ id }) => id === "envelint")?.wall };
  });
  const contenders = new Map(columns.flatMap(({ figures }) => figures.map(({ id, name }) => [id, name])));
  const head = `| | ${heads.map((size) => `${size}: time | times envelint's | peak`).join(" | ")} |`;
  const rows = [...contenders].map(([id, name]) => {
    const cells = columns.flatMap(({ figures, ours }) =>
      cellsOf(
        figures.find((figure) => figure.id === id),
        ours,
      ),
    );
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  return [head, `|---|${"---|".repeat(heads.length * 3)}`, ...rows].join("\n");
}

/** What a series is a row of: captures that differ in size alone share a table. @param {any} series */
function titleOf({ id, kind, order }) {
  if (kind === "start-up") return id === "start-up" ? "Start-up: a small capture" : "Start-up: a small capture that is full of faults";
  if (kind === "large-entry") return `One entry with a body of ${spaced(order.largestBody)}`;
  return `${order.profile} captures, ${order.layout}`;
}

/** @param {any} results */
export function printTables(results) {
  /** @type {Map<string, any[]>} */
  const groups = new Map();
  for (const series of results.series) groups.set(titleOf(series), [...(groups.get(titleOf(series)) ?? []), series]);
  return [...groups].map(([title, group]) => `### ${title}\n\n${printGroup(group)}`).join("\n\n");
}

/** @param {readonly any[]} group */
function printGroup(group) {
  const sizeOf = (/** @type {any} */ { order }) => parseSize(order?.size ?? "0");
  const run = group.filter(({ results }) => results !== undefined).sort((a, b) => sizeOf(a) - sizeOf(b));
  const heads = run.map(({ order, bytes }) => spaced(order?.largestBody ?? order?.size ?? `${Math.round(bytes / 1000)}KB`));
  const lines = run.map((series, index) => `- ${heads[index]}: ${describe(series)}`);
  const missing = group
    .filter(({ notRun }) => notRun !== undefined)
    .map(({ order, notRun }) => `- ${spaced(order.size)}: not run: ${notRun}`);
  return [[...lines, ...missing].join("\n"), ...(run.length > 0 ? [printTable(run, heads)] : [])].join("\n\n");
}

/** @param {any} series */
const describe = ({ entries, errors, rounds, date }) =>
  `${entries.toLocaleString("en-GB")} entries, ${errors.toLocaleString("en-GB")} of them errors; ${rounds === 1 ? "one round" : `${rounds} rounds`}, ${date}`;
