import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { makeAhead } from "../scripts/generate-ahead.mjs";
import { configShape } from "../src/config/config-shape.ts";
import { contractShape } from "../src/contract/contract-shape.ts";
import { builtinSource, builtinTree, parseText } from "../src/contract/extend.ts";
import { schemaShape } from "../src/contract/schema-shape.ts";
import { planShape } from "../src/probe/plan/plan-shape.ts";
import { makeCompiler } from "../src/syntax/json-schema.ts";
import { ownPattern } from "../src/syntax/shape-code.ts";
import { makeFaultList } from "../src/yaml-source/fault-list.ts";
import { builtinNames } from "../src/yaml-source/package-root.ts";
import { packTree, unpackTree } from "../src/yaml-source/packed-tree.ts";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

test("what is made ahead is that of the schemas and the contracts that ship (npm run generate)", async () => {
  for (const [file, text] of Object.entries(await makeAhead())) expect(read(file) === text, file).toBe(true);
});

test.each(builtinNames())("%s is as its file says, line by line", (name) => {
  const source = builtinSource(name);
  if (source === undefined) throw new Error("it is not among those made ahead");
  const parsed = parseText(readFileSync(source.path, "utf8"), source, makeFaultList());
  expect(builtinTree(source)).toEqual(parsed);
  expect(parsed && unpackTree(packTree(parsed), source.name)).toEqual(parsed);
});

const text = "x".repeat(300);
test.each([
  [
    "contract",
    contractShape,
    [
      {},
      { envelint: 2, title: "\u{1f600}".repeat(150), errors: [] },
      {
        envelint: 1,
        title: " T",
        errors: [{ name: "A b", status: "4X", retryAfter: { capture: 1 }, odd: true }],
        servers: ["ftp://a", text],
      },
      {
        envelint: 1,
        title: "T",
        operations: { a: "get /x" },
        errors: [{ name: "a", status: 400, code: { patern: 1 }, headers: { é: {} } }],
      },
    ],
  ],
  [
    "config",
    configShape,
    [
      { failOn: "nver", ignores: [{ until: "soon" }], odd: 1 },
      { formats: "x", rules: [] },
    ],
  ],
  ["plan", planShape, [{}, { probe: 1, target: 5, accounts: { a: { header: "x" } }, odd: 1 }]],
] as const)("envelint's own %s schema finds what ajv finds", (name, shape, values) => {
  const validate = makeCompiler().compile(JSON.parse(read(`schemas/${name}.schema.json`)) as object);
  for (const value of values) {
    expect([shape(value), shape.errors]).toEqual([validate(value), validate.errors]);
    expect(shape.errors).not.toEqual([]);
  }
});

test("and so does that of schemas", () => {
  const ajv = makeCompiler();
  for (const value of [{ type: "strin" }, { required: ["a", "a"], pattern: 5 }, { properties: { a: { minLength: -1 } } }, { enum: 1 }]) {
    expect([schemaShape(value), schemaShape.errors]).toEqual([ajv.validateSchema(value), ajv.errors]);
    expect(schemaShape.errors).not.toEqual([]);
  }
});

/** The expressions of a schema, wherever they stand. */
function patternsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const { pattern } = value as { readonly pattern?: unknown };
  return [...(typeof pattern === "string" ? [pattern] : []), ...Object.values(value).flatMap(patternsIn)];
}

test.each(["config", "contract", "plan"])("no text takes the patterns of the %s schema more than a moment", (name) => {
  const heads = ["", "/", "#/", "~0/", "A", "A|A|", "GET /", "https://a", "a/a", "a/a; ", "PT1H", "P1", "x x", "0"];
  const tails = ["\n", " ", "?", "~", "#", "/ ", "|", "W"];
  for (const pattern of new Set(patternsIn(JSON.parse(read(`schemas/${name}.schema.json`))))) {
    const own = ownPattern(pattern, "u");
    const start = process.cpuUsage().user;
    for (const head of heads)
      for (const tail of tails)
        for (const unit of ["a", "A", "/", "~0", "A|", " x", "1", " ;"]) own.test(`${head}${unit.repeat(9_900 / unit.length)}${tail}`);
    // Some milliseconds; with a pattern that splits one text in many ways, seconds.
    expect([pattern, process.cpuUsage().user - start < 500_000]).toEqual([pattern, true]);
  }
});
