// Makes src/contract/contract-file.ts from schemas/contract.schema.json, and schemas/envelope.schema.json from the
// built-in contract. The latter needs the built package: `npm run build` first. Plain JavaScript, since Node 20 runs no TypeScript.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * The types of a contract file, as TypeScript.
 * @param {string} schemaText
 */
export async function makeContractTypes(schemaText) {
  return compile(withoutNoise(JSON.parse(schemaText)), "ContractFile", {
    bannerComment: "// Made from schemas/contract.schema.json by `npm run generate`: change it there.",
    additionalProperties: true,
    style: { printWidth: 140 },
  });
}

/**
 * What stands beside a $ref would give every use of a type a name of its own, and list lengths would make tuples of lists.
 * @param {any} schema
 * @returns {any}
 */
function withoutNoise(schema) {
  if (Array.isArray(schema)) return schema.map(withoutNoise);
  if (typeof schema !== "object" || schema === null) return schema;
  if (typeof schema.$ref === "string") return { $ref: schema.$ref };
  const kept = Object.entries(schema).filter(
    ([keyword, value]) => !(["minItems", "maxItems"].includes(keyword) && typeof value === "number"),
  );
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, withoutNoise(value)]));
}

/** The built-in contract's envelope as JSON Schema; undefined where the package is not built. */
export async function makeEnvelopeSchema() {
  const built = at("dist/src/contract/envelope-schema.js");
  if (!existsSync(built)) return undefined;
  const { envelopeSchema } = await import(built);
  const { loadContract } = await import(at("dist/src/contract/load.js"));
  return `${JSON.stringify(envelopeSchema(await loadContract()), null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(at("src/contract/contract-file.ts"), await makeContractTypes(readFileSync(at("schemas/contract.schema.json"), "utf8")));
  const envelope = await makeEnvelopeSchema();
  if (envelope === undefined) console.error("not built: schemas/envelope.schema.json was left as it is (npm run build, then again)");
  else writeFileSync(at("schemas/envelope.schema.json"), envelope);
}
