// The guide's page and picture, made of results.json alone.
import { readFileSync, writeFileSync } from "node:fs";
import { readResults } from "../lib/results.mjs";
import { parseSize } from "../make-capture.mjs";
import { drawChart } from "./chart.mjs";
import { twoDigits } from "./figures.mjs";
import { printGoals, rulesCost } from "./goals.mjs";
import { printTables } from "./tables.mjs";

const page = new URL("../../docs/performance.md", import.meta.url);
const picture = new URL("../../docs/performance.svg", import.meta.url);

/** @param {any} results */
function printMachine({ machine, versions }) {
  const { cpu, cores, memoryGB, system, node } = machine;
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `Measured on ${cpu}, ${cores} cores, ${memoryGB} GB, ${system}, Node ${node}. Versions: ${names.join(", ")}.`;
}

/** @param {any} results */
function printRules({ rules }) {
  const cost = rulesCost(rules);
  if (cost === undefined) return "The cost of the rules was not measured.";
  const sorted = rules.differences.toSorted((/** @type {number} */ a, /** @type {number} */ b) => a - b);
  const [low, high] = [0.25, 0.75].map((part) => twoDigits(((sorted[Math.floor((sorted.length - 1) * part)] ?? 0) * 1000) / rules.entries));
  return `The rules add ${twoDigits(cost)} ns an entry: the median of ${sorted.length} pairs of audits, half of which lie between ${low} and ${high} ns (${rules.order.size} ${rules.order.profile}, ${rules.entries.toLocaleString("en-GB")} entries, ${rules.date}).`;
}

/** A page with the text put between its markers. @param {string} text @param {string} name @param {string} filling */
function fillIn(text, name, filling) {
  const [start, end] = [`<!-- generated: ${name} -->`, "<!-- end -->"];
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(end, from);
  if (from < start.length || to < 0) throw new Error(`the page lacks ${start} or ${end}`);
  return `${text.slice(0, from)}\n${filling}\n\n${text.slice(to)}`;
}

/** What page and picture must be. @param {any} results @param {string} text the page as it is */
export function renderDocs(results, text) {
  const filled = [
    ["machine", printMachine(results)],
    ["goals", printGoals(results)],
    ["rules cost", printRules(results)],
    ["measurements", printTables(results)],
  ].reduce((made, [name = "", filling = ""]) => fillIn(made, name, filling), text);
  return { page: filled, picture: drawChart(choosePanels(results)) };
}

/** The largest captures that could be parsed whole, compact: there is most to compare. @param {any} results */
function choosePanels({ series }) {
  const parsed = series.filter(
    ({ kind, order, results = [] }) =>
      kind === "capture" &&
      order.layout === "compact" &&
      results.some((/** @type {any} */ { id, walls, failure }) => id === "json-parse" && failure === undefined && walls.length > 0),
  );
  const largest = Math.max(...parsed.map((/** @type {any} */ { order }) => parseSize(order.size)));
  return parsed
    .filter((/** @type {any} */ { order }) => parseSize(order.size) === largest)
    .map((/** @type {any} */ one) => ({
      title: `${one.order.size.replace("MB", " MB")} ${one.order.profile} capture: time, peak memory`,
      series: one,
    }));
}

export function writeDocs(results = readResults()) {
  const made = renderDocs(results, readFileSync(page, "utf8"));
  writeFileSync(page, made.page);
  writeFileSync(picture, made.picture);
}
