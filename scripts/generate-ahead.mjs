// Part of `npm run generate`: what would else be made anew at each start. The contracts that ship, as trees; and what holds files of the user's
// against the schemas of schemas/, as code. So no YAML is parsed for the one, and ajv is not loaded for the other.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { importSource } from "./import-source.mjs";

const standaloneCode = createRequire(import.meta.url)("ajv/dist/standalone").default;
const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const read = (/** @type {string} */ path) => readFileSync(at(path), "utf8");
const made = "// Made by `npm run generate`";

/** The files that are made, each with its text. @returns {Promise<Record<string, string>>} */
export async function makeAhead() {
  return { "src/contract/builtin-trees.ts": await makeTrees(), ...(await makeShapes()) };
}

async function makeTrees() {
  const { makeFaultList, packTree, parseSource } = await importSource(
    ...["fault-list", "packed-tree", "parse-source"].map((name) => `src/yaml-source/${name}.ts`),
  );
  const trees = readdirSync(at("contracts"))
    .sort()
    .map((file) => {
      const tree = parseSource(read(`contracts/${file}`), file, { noun: "contract" }, makeFaultList());
      return `  ${JSON.stringify(file.replace(/\.yaml$/, ""))}:\n    ${JSON.stringify(JSON.stringify(packTree(tree)))},\n`;
    });
  return `${made} from contracts/.

/** The contracts that ship with envelint, by name, as JSON: it is parsed faster than code, and only where a contract is asked for. */
export const builtinTrees: Readonly<Record<string, string>> = {
${trees.join("")}};
`;
}

async function makeShapes() {
  const { makeCompiler } = await importSource("src/syntax/json-schema.ts");
  // What the code calls by these names it imports.
  const own = Object.assign((/** @type {string} */ source) => new RegExp(source, "u"), { code: "ownPattern" });
  const compiler = () => makeCompiler({ source: true, esm: true, regExp: own });
  const shape = (/** @type {string} */ file, /** @type {string} */ name) => {
    const ajv = compiler();
    const [validate, of] =
      name === "meta"
        ? [ajv.getSchema(ajv.defaultMeta()), "the meta-schema of JSON Schema 2020-12"]
        : [ajv.compile(JSON.parse(read(`schemas/${name}.schema.json`))), `schemas/${name}.schema.json`];
    const upwards = "../".repeat(file.split("/").length - 2);
    const constant = file.replace(/^.*\/(\w+)-shape\.ts$/, "$1Shape");
    return [file, writeShape(constant, standaloneCode(ajv, validate), of, `${upwards}syntax/shape-code.ts`)];
  };
  return Object.fromEntries([
    shape("src/contract/contract-shape.ts", "contract"),
    shape("src/contract/schema-shape.ts", "meta"),
    shape("src/config/config-shape.ts", "config"),
    shape("src/probe/plan/plan-shape.ts", "plan"),
  ]);
}

/** ajv's code as a module of ours. @param {string} constant @param {string} code @param {string} of @param {string} imported */
function writeShape(constant, code, of, imported) {
  const own = code
    .replace(/^"use strict";export const validate = (\w+);export default \w+;/, `export const ${constant}: ValidateFunction = $1;\n`)
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', "countCharacters")
    .replaceAll(/;(?=const schema\d|const func\d|const pattern\d|function validate\d)/g, ";\n")
    .replaceAll(/\}(?=function validate\d|validate\d+\.evaluated)/g, "}\n");
  const foreign = /\brequire\([^)]*\)/.exec(own);
  if (foreign !== null) throw new Error(`the code for ${of} would load ${foreign[0]}`);
  const names = ["countCharacters", "findTwins", "ownPattern"].filter((name) => new RegExp(`\\b${name}\\b`).test(own));
  return `// @ts-nocheck
${made} from ${of}.
import type { ValidateFunction } from "ajv";
import { ${names.join(", ")} } from "${imported}";

${own}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [file, text] of Object.entries(await makeAhead())) writeFileSync(at(file), text);
