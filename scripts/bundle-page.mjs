// Part of `npm run generate`: the HTML report's script and style (src/reporters/html/page/) as one module of strings, so that they are at hand
// wherever envelint runs, from src or from dist, and with no file to be missed.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The module that holds them. Not minified: whoever gets a report can read what it runs. */
export async function makePageAssets() {
  const { outputFiles } = await build({
    entryPoints: [at("src/reporters/html/page/main.ts")],
    absWorkingDir: at("."),
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
  });
  const script = (outputFiles[0]?.text ?? "").replace(/^ *\/\/ src\/.*\n/gm, "");
  const style = readFileSync(at("src/reporters/html/page/style.css"), "utf8");
  return [
    "// Made by `npm run generate` from src/reporters/html/page/.",
    "",
    "/** The page's script; runs as it is. */",
    `export const script = ${linesOf(script)};`,
    "",
    "/** The page's style. */",
    `export const style = ${linesOf(style)};`,
    "",
  ].join("\n");
}

/** A text as its lines, which is what a diff can show. @param {string} text */
function linesOf(text) {
  const lines = text.trimEnd().split("\n");
  return `[\n${lines.map((line) => `  ${JSON.stringify(line)},\n`).join("")}].join("\\n")`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(at("src/reporters/html/assets.ts"), await makePageAssets());
