// The goals, each a ratio of one run or a difference of peaks, held against what was measured.
import { figureOf, median, twoDigits } from "./figures.mjs";

/**
 * @typedef {{ results: any, wall: (series: string, contender: string) => number | undefined, peak: (series: string, contender: string) => number | undefined }} Book
 * @typedef {{ name: string, must: number, stretch: number, atLeast: boolean, unit: string, measure: (book: Book) => number | undefined }} Goal
 */

/** @param {any} results @returns {Book} */
function openBook(results) {
  const find = (/** @type {string} */ series, /** @type {string} */ contender) => {
    const { results: list = [] } = results.series.find((/** @type {{ id: string }} */ { id }) => id === series) ?? {};
    return figureOf(list.find((/** @type {{ id: string }} */ { id }) => id === contender));
  };
  return {
    results,
    wall: (series, contender) => find(series, contender)?.wall,
    peak: (series, contender) => find(series, contender)?.peak,
  };
}

/** @param {number | undefined} a @param {number | undefined} b */
const divide = (a, b) => (a === undefined || b === undefined ? undefined : a / b);

/** The worst of several, or undefined where one is missing. @param {(...list: number[]) => number} worst @param {readonly (number | undefined)[]} list */
const worstOf = (worst, list) =>
  list.length === 0 || list.includes(undefined) ? undefined : worst(.../** @type {readonly number[]} */ (list));

/** How many times as fast as another, in the worst of these series. @param {string} other @param {readonly string[]} series @param {string} [ours] */
const faster =
  (other, series, ours = "envelint") =>
  (/** @type {Book} */ { wall }) =>
    worstOf(
      Math.min,
      series.map((id) => divide(wall(id, other), wall(id, ours))),
    );

const both = (/** @type {string} */ size) => [`${size}-browser-compact`, `${size}-api-compact`];

/** @type {readonly Goal[]} */
const goals = [
  ["500 MB browser: times as fast as readFile + JSON.parse", 10, 25, faster("json-parse", ["500MB-browser-compact"])],
  ["500 MB api: the same", 5, 10, faster("json-parse", ["500MB-api-compact"])],
  ["50 MB, the slower of the two: the same", 2.5, 3.5, faster("json-parse", both("50MB"))],
  ["500 MB, the slower of the two: times as fast as @streamparser/json", 8, 16, faster("streamparser", both("500MB"))],
  [
    "500 MB, the slower of the two, plain scanner: times as fast as JSON.parse",
    3,
    7,
    faster("json-parse", both("500MB"), "envelint-plain"),
  ],
].map(([name, must, stretch, measure]) => /** @type {Goal} */ ({ name, must, stretch, atLeast: true, unit: "x", measure }));

/** @type {readonly Goal[]} */
const bounds = [
  [
    "500 MB browser: times the time of wc -l",
    6,
    3,
    "x",
    ({ wall }) => divide(wall("500MB-browser-compact", "envelint"), wall("500MB-browser-compact", "wc")),
  ],
  ["500 MB api: the same", 14, 7, "x", ({ wall }) => divide(wall("500MB-api-compact", "envelint"), wall("500MB-api-compact", "wc"))],
  ["peak memory over bare Node, in the worst of all captures", 40, 15, " MB", worstPeak],
  [
    "peak memory at 2 GB over that at 50 MB",
    1.2,
    1.05,
    "x",
    ({ peak }) =>
      worstOf(
        Math.max,
        ["browser", "api"].map((profile) =>
          divide(peak(`2GB-${profile}-compact`, "envelint"), peak(`50MB-${profile}-compact`, "envelint")),
        ),
      ),
  ],
  ["rules, an entry over all traffic", 300, 100, " ns", ({ results }) => rulesCost(results.rules)],
  [
    "audit of a small capture: times the time of node -e 0",
    2,
    1.4,
    "x",
    ({ wall }) => divide(wall("start-up", "envelint"), wall("start-up", "bare-node")),
  ],
].map(([name, must, stretch, unit, measure]) => /** @type {Goal} */ ({ name, must, stretch, atLeast: false, unit, measure }));

/** @param {Book} book */
function worstPeak({ results, peak }) {
  const read = results.series.filter((/** @type {{ kind: string, results?: object }} */ one) => one.kind !== "start-up" && one.results);
  return worstOf(
    Math.max,
    read.map((/** @type {{ id: string }} */ { id }) => {
      const [ours, bare] = [peak(id, "envelint"), peak(id, "bare-node")];
      return ours === undefined || bare === undefined ? undefined : ours - bare;
    }),
  );
}

/** Nanoseconds. @param {{ entries: number, differences: number[] } | undefined} rules */
export const rulesCost = (rules) => (rules === undefined ? undefined : ((median(rules.differences) ?? 0) * 1000) / rules.entries);

/** Two digits, or as many as tell it from the bounds. @param {number} measured @param {readonly number[]} bounds */
function digitsBeside(measured, bounds) {
  const isBound = (/** @type {string} */ shown) =>
    bounds.some((bound) => bound !== measured && Number(shown.replaceAll(",", "")) === bound);
  return [twoDigits(measured), measured.toPrecision(3), measured.toPrecision(4)].find((shown) => !isBound(shown)) ?? String(measured);
}

/** @param {any} results */
export function printGoals(results) {
  const book = openBook(results);
  const rows = [...goals, ...bounds].map(({ name, must, stretch, atLeast, unit, measure }) => {
    const measured = measure(book);
    const meets = (/** @type {number} */ goal) => measured !== undefined && (atLeast ? measured >= goal : measured <= goal);
    const verdict = measured === undefined ? "not measured" : meets(stretch) ? "stretch" : meets(must) ? "must" : "missed";
    const sign = atLeast ? "≥" : "≤";
    const shown = measured === undefined ? "–" : `${digitsBeside(measured, [must, stretch])}${unit}`;
    return `| ${name} | ${sign} ${must}${unit} | ${sign} ${stretch}${unit} | ${shown} | ${verdict} |`;
  });
  return ["| goal | must | stretch | measured | meets |", "|---|---|---|---|---|", ...rows].join("\n");
}
