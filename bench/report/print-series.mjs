// One series for the terminal.
import { figureOf, inWords, memoryInWords, twoDigits } from "./figures.mjs";

/** @param {any} series */
export function printSeries({ id, results, notRun }) {
  if (notRun !== undefined) return `${id}: not run: ${notRun}`;
  const figures = results.map(figureOf);
  const ours = figures.find((/** @type {any} */ figure) => figure.id === "envelint")?.wall;
  const lines = figures.map((/** @type {any} */ { name, failure, wall, peak }) => {
    const time = wall === undefined ? failure : `${inWords(wall).padStart(8)}${ours ? `${twoDigits(wall / ours).padStart(8)} x` : ""}`;
    return `  ${name.padEnd(28)} ${time}  ${peak === undefined ? "" : memoryInWords(peak)}`;
  });
  return [id, ...lines].join("\n");
}
