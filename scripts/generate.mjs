// Makes src/contract/contract-file.ts and the tables of docs/contract-language.md from schemas/contract.schema.json, those of docs/plan.md from
// schemas/plan.schema.json, those of docs/configuration.md from schemas/config.schema.json, schemas/envelope.schema.json from the built-in contract,
// the tables of docs/rules.md from the rules and their pages, and those of docs/probes.md from the catalogue.
// Plain JavaScript, since Node 20 runs no TypeScript.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";
import { importSource } from "./import-source.mjs";

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

/** The built-in contract's envelope as JSON Schema. */
async function makeEnvelopeSchema() {
  const { envelopeSchema, loadContract } = await importSource("src/contract/envelope-schema.ts", "src/contract/load.ts");
  return `${JSON.stringify(envelopeSchema(await loadContract()), null, 2)}\n`;
}

/**
 * A page with the tables of all keys put between its markers.
 * @param {string} page
 * @param {string} schemaText
 */
export function fillKeyTables(page, schemaText) {
  return fillIn(page, "keys", makeKeyTables(JSON.parse(schemaText)));
}

/**
 * A page with the text put between its markers.
 * @param {string} page
 * @param {string} name
 * @param {string} text
 */
function fillIn(page, name, text) {
  const [start, end] = [`<!-- generated: ${name} -->`, "<!-- end -->"];
  const from = page.indexOf(start) + start.length;
  const to = page.indexOf(end, from);
  if (from < start.length || to < 0) throw new Error(`the page lacks ${start} or ${end}`);
  return `${page.slice(0, from)}\n${text}\n\n${page.slice(to)}`;
}

/**
 * A page with the table of each family's rules put between its markers.
 * @param {string} page
 * @param {readonly { id: string, summary: string, severity: string, needs: string, subject?: string }[]} rules
 * @param {(id: string) => string} readRulePage
 */
export function fillRuleTables(page, rules, readRulePage) {
  const families = [...new Set(rules.map(({ id }) => id.split("/")[0] ?? ""))];
  const tables = families.map((family) => {
    const rows = rules
      .filter(({ id }) => id.startsWith(`${family}/`))
      .map(({ id, summary, severity, needs, subject = "server" }) => {
        const about = subject === "server" ? "" : `, ${subject}`;
        const source = /^## Source\n+([\s\S]*?)(?:\n\n|\n*$(?![\s\S]))/m.exec(readRulePage(id))?.[1] ?? "";
        return `| [${id}](../rules/${id}.md) | ${escapeCell(summary)} | ${severity}${about} | ${needs} | ${escapeCell(source.replaceAll(/\s+/g, " ").trim())} |`;
      });
    return [`\n## ${family}\n`, "| rule | says | default | needs | source |", "|---|---|---|---|---|", ...rows].join("\n");
  });
  return fillIn(page, "rules", tables.join("\n"));
}

/**
 * A page with the table of each family's probes put between its markers, in the order of a run.
 * @param {string} page
 * @param {readonly { id: string, summary: string, needs: string }[]} probes
 */
export function fillProbeTables(page, probes) {
  const families = [...new Set(probes.map(({ id }) => id.split("/")[0] ?? ""))];
  const tables = families.map((family) => {
    const rows = probes
      .filter(({ id }) => id.startsWith(`${family}/`))
      .map(({ id, summary, needs }) => `| ${id} | ${escapeCell(summary)} | ${escapeCell(needs)} |`);
    return [`\n## ${family}\n`, "| probe | provokes | needs |", "|---|---|---|", ...rows].join("\n");
  });
  return fillIn(page, "probes", tables.join("\n"));
}

/**
 * One table for each part of a contract that has keys. A part that may stand in several places has one table.
 * @param {any} schema
 */
function makeKeyTables(schema) {
  /** @type {Map<any, { paths: string[], part: any }>} */
  const sections = new Map();
  /** @type {(raw: any, path: string) => void} */
  const walk = (raw, path) => {
    const part = resolve(schema, raw);
    const known = sections.get(part.properties);
    // What a member is, its own description says; a credential and a request are written out both for themselves and for a list of them.
    if (["MemberEntry", "CredentialEntry", "RequestEntry"].includes(part.title)) return;
    if (known !== undefined) known.paths.push(path);
    else if (part.properties !== undefined)
      sections.set(part.properties, { paths: [path], part: raw.$ref === undefined ? raw : resolve(schema, { $ref: raw.$ref }) });
    for (const [name, property] of Object.entries(part.properties ?? {})) walk(property, path === "" ? name : `${path}.${name}`);
    if (typeof part.items === "object") walk(part.items, `${path}[]`);
    if (typeof part.additionalProperties === "object") walk(part.additionalProperties, `${path}.NAME`);
  };
  walk(schema, "");
  return [...sections.values()].map(({ paths, part }) => makeKeyTable(schema, paths, part)).join("\n");
}

/** @type {(schema: any, paths: string[], part: any) => string} */
function makeKeyTable(schema, paths, part) {
  const rows = Object.entries(part.properties).map(([name, raw]) => {
    const property = resolve(schema, raw);
    const [meaning, stated] = splitDefault(property.description);
    const must = part.required?.includes(name) ? "**required**" : undefined;
    const byDefault = must ?? (property.default === undefined ? (stated ?? "–") : code(property.default));
    const examples = (property.examples ?? []).map(code).join(", ");
    return `| \`${name}\` | ${escapeCell(meaning)}${listWords(property)} | ${escapeCell(byDefault)} | ${escapeCell(examples)} |`;
  });
  const title = paths[0] === "" ? "The file" : paths.map((path) => `\`${path}\``).join(", ");
  return [
    `\n### ${title}\n`,
    `${splitDefault(part.description)[0]}\n`,
    "| key | meaning | default | example |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** What stands beside a $ref comes before what it points to. @type {(schema: any, part: any) => any} */
function resolve(schema, part) {
  const { $ref, ...own } = part;
  return $ref === undefined ? part : { ...schema.$defs[$ref.replace("#/$defs/", "")], ...own };
}

/** A description and the default it tells, which is not always one that a schema could state. @type {(text: string) => [string, string | undefined]} */
function splitDefault(text) {
  const stated = / ?Default: ([^.]+)\./.exec(text);
  return stated === null ? [text, undefined] : [text.replace(stated[0], ""), stated[1]];
}

/** @type {(property: any) => string} */
function listWords({ enum: words }) {
  return words === undefined ? "" : ` One of ${words.map(code).join(", ")}.`;
}

const escapeCell = (/** @type {string} */ text) => text.replaceAll("|", "\\|");
const code = (/** @type {unknown} */ value) => `\`${flow(value)}\``;

/** A value as YAML on one line. @type {(value: unknown) => string} */
function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([name, member]) => `${flow(name)}: ${flow(member)}`);
    return `{ ${members.join(", ")} }`;
  }
  const plain = typeof value === "string" && /^[a-z/$.][\w/$.:+* -]*$/i.test(value) && !/: |:$|^(?:true|false|null)$/i.test(value);
  return plain ? value : JSON.stringify(value);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const schemaText = readFileSync(at("schemas/contract.schema.json"), "utf8");
  writeFileSync(at("src/contract/contract-file.ts"), await makeContractTypes(schemaText));
  writeFileSync(at("docs/contract-language.md"), fillKeyTables(readFileSync(at("docs/contract-language.md"), "utf8"), schemaText));
  writeFileSync(
    at("docs/plan.md"),
    fillKeyTables(readFileSync(at("docs/plan.md"), "utf8"), readFileSync(at("schemas/plan.schema.json"), "utf8")),
  );
  writeFileSync(
    at("docs/configuration.md"),
    fillKeyTables(readFileSync(at("docs/configuration.md"), "utf8"), readFileSync(at("schemas/config.schema.json"), "utf8")),
  );
  writeFileSync(at("schemas/envelope.schema.json"), await makeEnvelopeSchema());
  const { rules } = await importSource("rules/index.ts");
  const readRulePage = (/** @type {string} */ id) => readFileSync(at(`rules/${id}.md`), "utf8");
  writeFileSync(at("docs/rules.md"), fillRuleTables(readFileSync(at("docs/rules.md"), "utf8"), rules, readRulePage));
  const { probes, controlsAfter } = await importSource("src/probe/catalogue/index.ts");
  writeFileSync(at("docs/probes.md"), fillProbeTables(readFileSync(at("docs/probes.md"), "utf8"), [...probes, ...controlsAfter]));
}
