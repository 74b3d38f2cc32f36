// A picture of one or more series: horizontal bars, readable on light and on dark ground, without a script.
import { figureOf, inWords, memoryInWords } from "./figures.mjs";

const [width, labels, values, row, bar] = [760, 200, 150, 24, 16];
const style = `
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .ground { fill: #ffffff; }
  .head { font-weight: 600; font-size: 14px; }
  .bar { fill: #8c959f; }
  .ours { fill: #0969da; }
  .ours-name { font-weight: 600; }
  .note { fill: #57606a; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .ground { fill: #0d1117; }
    .bar { fill: #6e7681; }
    .ours { fill: #4493f8; }
    .note { fill: #9198a1; }
  }`;

/** @param {string} text */
const escapeXml = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Those that were timed, the fastest first; then those that were not. @param {any} series */
function sortedFigures({ results }) {
  const figures = results.map(figureOf).filter((/** @type {any} */ { id }) => id !== "bare-node");
  return figures.sort(
    (/** @type {any} */ a, /** @type {any} */ b) => (a.wall ?? Number.POSITIVE_INFINITY) - (b.wall ?? Number.POSITIVE_INFINITY) || 0,
  );
}

/** @param {readonly { title: string, series: any }[]} panels */
export function drawChart(panels) {
  const parts = [];
  let y = 8;
  for (const { title, series } of panels) {
    const figures = sortedFigures(series);
    const slowest = Math.max(...figures.map((/** @type {any} */ { wall }) => wall ?? 0));
    parts.push(`  <text class="head" x="8" y="${y + 16}">${escapeXml(title)}</text>`);
    y += 28;
    for (const { id, name, wall, peak, failure } of figures) {
      const isOurs = id.startsWith("envelint");
      const length = wall === undefined ? 0 : Math.max(1, Math.round((wall / slowest) * (width - labels - values)));
      const words = wall === undefined ? failure : `${inWords(wall)}${peak === undefined ? "" : `, ${memoryInWords(peak)}`}`;
      parts.push(
        `  <text x="${labels - 8}" y="${y + 13}" text-anchor="end"${isOurs ? ' class="ours-name"' : ""}>${escapeXml(name)}</text>`,
        ...(length > 0
          ? [`  <rect class="${isOurs ? "ours" : "bar"}" x="${labels}" y="${y}" width="${length}" height="${bar}" rx="2"/>`]
          : []),
        `  <text class="note" x="${labels + length + 6}" y="${y + 13}">${escapeXml(String(words))}</text>`,
      );
      y += row;
    }
    y += 14;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-labelledby="title desc">`,
    `  <title id="title">How long reading a capture takes</title>`,
    `  <desc id="desc">${escapeXml(describe(panels))}</desc>`,
    `  <style>${style}\n  </style>`,
    // A ground of its own: the page may be light where the reader's system is dark.
    `  <rect class="ground" width="${width}" height="${y}"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

/** The picture in words. @param {readonly { title: string, series: any }[]} panels */
function describe(panels) {
  const sentences = panels.map(({ title, series }) => {
    const words = sortedFigures(series).map(
      (/** @type {any} */ { name, wall, failure }) => `${name} ${wall === undefined ? failure : inWords(wall)}`,
    );
    return `${title}: ${words.join("; ")}.`;
  });
  return sentences.join(" ");
}
