import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { formatReport } from "../../src/reporters/index.ts";
import { reportOf } from "./sample-report.ts";

const schema = JSON.parse(await readFile(new URL("../../schemas/report.schema.json", import.meta.url), "utf8"));

test("a report fits its schema", () => {
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  validate(JSON.parse(formatReport(reportOf(), "json")));
  expect(validate.errors).toBeNull();
});

test("members stand in one order, whatever order the report was built in", () => {
  const backwards = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(backwards)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, member]) => [name, name === "place" ? member : backwards(member)]),
          )
        : value;
  expect(formatReport(backwards(reportOf()) as ReturnType<typeof reportOf>, "json")).toBe(formatReport(reportOf(), "json"));
});

test("it ends in a newline", () => {
  expect(formatReport(reportOf(), "json")).toMatch(/\}\n$/);
});

test("every part of the schema is described", () => {
  const bare: string[] = [];
  const visit = (part: unknown, path: string) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return;
    for (const [name, member] of Object.entries((part as { properties?: object }).properties ?? {})) {
      if (!("description" in member) && !("$ref" in member)) bare.push(`${path}/${name}`);
      visit(member, `${path}/${name}`);
    }
    visit((part as { items?: unknown }).items, `${path}/items`);
    for (const [name, definition] of Object.entries((part as { $defs?: object }).$defs ?? {})) {
      if (!("description" in definition)) bare.push(`$defs/${name}`);
      visit(definition, name);
    }
  };
  visit(schema, "");
  expect(bare).toEqual([]);
});

test("an unknown format is an error that names the nearest one", () => {
  expect(() => formatReport(reportOf(), "jsno")).toThrow('There is no format "jsno". Did you mean "json"? Formats: pretty, json');
  expect(() => formatReport(reportOf(), "constructor")).toThrow(RangeError);
});
