import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { makeContractTypes } from "../../scripts/generate.mjs";
import { envelopeSchema } from "../../src/contract/envelope-schema.ts";
import { loadContract } from "../../src/contract/load.ts";
import { compileSchema } from "../../src/syntax/json-schema.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the types are those of the schema (npm run generate)", async () => {
  expect(read("src/contract/contract-file.ts")).toBe(await makeContractTypes(read("schemas/contract.schema.json")));
});

test("the envelope's schema is that of the built-in contract (npm run generate)", async () => {
  expect(JSON.parse(read("schemas/envelope.schema.json"))).toEqual(envelopeSchema(await loadContract()));
});

test.each(["contract", "plan"])("every property of the %s schema is described, and shows an example", (name) => {
  const lacking: string[] = [];
  const walk = (schema: Record<string, unknown>, path: string) => {
    for (const [property, part] of Object.entries((schema.properties ?? {}) as Record<string, Record<string, unknown>>)) {
      const target = typeof part.$ref === "string" ? { ...resolve(part.$ref), ...part } : part;
      if (target.description === undefined || (target.examples === undefined && target.properties === undefined))
        lacking.push(`${path}.${property}`);
      walk(part, `${path}.${property}`);
    }
    for (const key of ["items", "additionalProperties"]) {
      if (typeof schema[key] === "object") walk(schema[key] as Record<string, unknown>, `${path}.${key}`);
    }
  };
  const schema = JSON.parse(read(`schemas/${name}.schema.json`)) as Record<string, unknown>;
  const definitions = schema.$defs as Record<string, Record<string, unknown>>;
  const resolve = (reference: string) => definitions[reference.replace("#/$defs/", "")] ?? {};
  walk(schema, "");
  for (const [part, definition] of Object.entries(definitions)) walk(definition, part);
  expect(lacking).toEqual([]);
});

test.each(["contract", "plan"])("every example in the %s schema fits where it stands", (name) => {
  const schema = JSON.parse(read(`schemas/${name}.schema.json`)) as Record<string, unknown>;
  const wrong: string[] = [];
  const walk = (part: unknown, path: string) => {
    if (typeof part !== "object" || part === null) return;
    const { examples } = part as { examples?: unknown };
    // A property may be called "examples" too.
    if (Array.isArray(examples)) {
      const accepts = compileSchema({ ...part, $defs: schema.$defs });
      for (const example of examples) if (!accepts(example)) wrong.push(`${path}: ${JSON.stringify(example)}`);
    }
    for (const [key, value] of Object.entries(part)) if (key !== "examples") walk(value, `${path}/${key}`);
  };
  walk(schema, "");
  expect(wrong).toEqual([]);
});
