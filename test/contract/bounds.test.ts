import { describe, expect, test } from "vitest";
import { ContractError } from "../../src/contract/contract-fault.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Json } from "../../src/model/json.ts";
import { makeSchema } from "../../src/syntax/json-schema.ts";
import { makePattern } from "../../src/syntax/pattern.ts";
import { describeFault } from "../../src/yaml-source/fault.ts";

/** Runs something that once took many seconds. */
function quickly<Value>(run: () => Value, most = 2_000): Value {
  const start = performance.now();
  const value = run();
  expect(performance.now() - start).toBeLessThan(most);
  return value;
}

function nested(levels: number): Json {
  let value: Json = {};
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
}

function keywordsOf(schema: { readonly [keyword: string]: unknown }, value: Json): string[] {
  return makeSchema(schema)
    .errorsOf(value)
    .map((error) => error.keyword);
}

describe("uniqueItems", () => {
  test("is judged in linear time", () => {
    const items = Array.from({ length: 30_000 }, (_, id) => ({ id }));
    expect(quickly(() => keywordsOf({ uniqueItems: true }, items))).toEqual([]);
  });

  test.each<[string, Json, boolean]>([
    [
      "the same object in another order",
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      false,
    ],
    ["a number and its text", [1, "1", true, "true", null, "null"], true],
    ["nothing", [], true],
    ["no array", "aa", true],
  ])("%s", (_, value, unique) => {
    expect(makeSchema({ uniqueItems: true }).accepts(value)).toBe(unique);
    expect(makeSchema({ uniqueItems: false }).accepts(value)).toBe(true);
  });

  test("tells which items are the same, as ajv does", () => {
    const [error] = makeSchema({ properties: { a: { uniqueItems: true } } }).errorsOf({ a: [1, 2, 1] });
    expect(error).toMatchObject({
      keyword: "uniqueItems",
      instancePath: "/a",
      message: "must NOT have duplicate items (items ## 0 and 2 are identical)",
    });
  });
});

describe("schemas that refer to themselves", () => {
  const byDefs = { $ref: "#/$defs/node", $defs: { node: { type: "object", properties: { a: { $ref: "#/$defs/node" } } } } };
  const byRoot = { type: "object", properties: { a: { $ref: "#" } } };

  test.each([
    ["$defs", byDefs],
    ["the root", byRoot],
  ])("by %s are followed", (_, schema) => {
    expect(keywordsOf(schema, { a: { a: {} } })).toEqual([]);
    expect(keywordsOf(schema, { a: { a: 1 } })).toEqual(["type"]);
  });

  test.each([
    ["$defs", byDefs],
    ["the root", byRoot],
  ])("by %s give up on a body that is too deep, and say so", (_, schema) => {
    expect(keywordsOf(schema, nested(20_000))).toEqual(["depth"]);
    expect(makeSchema(schema).errorsOf(nested(20_000))[0]?.message).toBe("is nested too deep to be judged");
    expect(makeSchema(schema).accepts(nested(20_000))).toBe(false);
  });
});

test("a pattern matches the first 10,000 characters of a text", () => {
  expect(quickly(() => makePattern("[^\\x00]{1000}$").test("a".repeat(1_000_000)))).toBe(true);
  expect(makePattern("b").test(`${"a".repeat(9_999)}b`)).toBe(true);
  expect(makePattern("b").test(`${"a".repeat(10_000)}b`)).toBe(false);
  expect(makePattern("(?<end>.)$").capture(`${"a".repeat(9_999)}bc`)).toEqual({ end: "b" });
});

describe("a text made to exhaust the parser of YAML", () => {
  const size = 512 * 1024;
  const fill = (unit: string) => unit.repeat(size / unit.length);
  const many = "c.yaml:1:1: holds more than 100000 tokens of YAML, which no contract does";
  const deep = "c.yaml:1:1: is nested more than 64 levels deep";
  test.each([
    ["values", `a: [${fill("1,")}1]`, many],
    ["commas", `a: [${fill(",")}]`, many],
    ["quotes", fill('"'), many],
    ["tags", `a: ${fill("!a ")}`, many],
    ["directives", `${fill("%\n")}---\na: 1`, many],
    ["levels", fill('{"a":'), deep],
    ["brackets", fill("["), deep],
    ["dashes", fill("- "), deep],
    ["questions", fill("? "), deep],
  ])("%s", (_, text, told) => {
    expect(quickly(() => faultsOf(text), 1_000)).toEqual([told]);
  });

  test.each([",", '"', "!a ", "1,"])("of %s, just below the bound", (unit) => {
    expect(quickly(() => faultsOf(`a: [${unit.repeat(45_000)}`), 5_000).length).toBeGreaterThan(0);
  });
});

function faultsOf(text: string): string[] {
  try {
    parseContract(text, { file: "c.yaml" });
    return [];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.faults.map(describeFault);
  }
}
