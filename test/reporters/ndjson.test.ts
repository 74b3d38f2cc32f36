import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { formatReport } from "../../src/reporters/index.ts";
import { gatedReportOf } from "./sample-report.ts";

const schema = JSON.parse(await readFile(new URL("../../schemas/report.schema.json", import.meta.url), "utf8"));
const linesOf = (report: Parameters<typeof formatReport>[0]) =>
  formatReport(report, "ndjson")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

test("a line each, the summary last", () => {
  const kinds = linesOf(gatedReportOf({ unjudged: ["x"] })).map(({ kind }) => kind);
  expect(kinds).toEqual(["finding", "finding", "finding", "known", "ignored", "stale", "remark", "unjudged", "fault", "summary"]);
});
test("each line has the shape that the JSON report's schema gives its kind", () => {
  const validate = new Ajv2020({ allErrors: true }).addSchema(schema).compile({ $ref: `${schema.$id}#/$defs/line` });
  for (const line of linesOf(gatedReportOf({ unjudged: ["x"] }))) {
    validate(line);
    expect(validate.errors).toBeNull();
  }
  expect(validate({ kind: "finding", rule: "a/b" })).toBe(false);
  expect(validate({ kind: "other" })).toBe(false);
});
test("members are those of the JSON report", () => {
  const report = gatedReportOf();
  const { findings, known } = JSON.parse(formatReport(report, "json"));
  const lines = linesOf(report);
  expect(lines[0]).toEqual({ kind: "finding", ...findings[0] });
  expect(lines[3]).toEqual({ kind: "known", ...known[0] });
});
test("the summary counts the lines, and says the exit code", () => {
  expect(linesOf(gatedReportOf()).at(-1)).toMatchObject({
    exitCode: 1,
    counts: { findings: 3, known: 1, ignored: 1, stale: 1, remarks: 1, unjudged: 0, faults: 1 },
  });
});
