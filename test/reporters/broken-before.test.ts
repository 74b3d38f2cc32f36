import { describe, expect, test } from "vitest";
import { brokenBefore } from "../../src/reporters/broken-before.ts";
import { formatReport } from "../../src/reporters/index.ts";
import { findingOf, reportOf } from "./sample-report.ts";

const promise = { file: "c.yaml", line: 1 };
const broken = (...rows: string[]) => ({
  ...reportOf().coverage,
  rows: rows.map((row) => ({ row, verdict: "broken" as const, seen: 1, promise })),
  provisions: [{ provision: "masking:course", verdict: "broken" as const, seen: 1, promise }],
  operations: [{ operation: "launchCourse", verdict: "broken" as const, exchanges: 3, errors: 3 }],
});
const ignore = { reason: "later", until: "2027-01-31", source: null };
const report = reportOf({
  findings: [findingOf({ row: "new", operation: "getCourse" }), findingOf({ row: "noted", severity: "note", operation: "getCourse" })],
  known: [findingOf({ row: "new" }), findingOf({ row: "noted" }), findingOf({ row: "old", provision: "masking:course" })],
  ignored: [{ ...findingOf({ row: "passed" }), ignore }],
  coverage: broken("new", "noted", "old", "passed", "off"),
});

test("a broken promise is old where all that breaks it is known or ignored", () => {
  const { rows, provisions, operations } = brokenBefore(report);
  expect([...rows]).toEqual([
    ["noted", "known"],
    ["old", "known"],
    ["passed", "ignored"],
  ]);
  expect([...provisions]).toEqual([["masking:course", "known"]]);
  expect([...operations]).toEqual([["launchCourse", "known"]]);
});

describe("a reviewer can tell old from new", () => {
  test("at a terminal, by words and not by colour alone", () => {
    const text = formatReport(report, "pretty", { color: false, width: 120 });
    expect(text).toContain("✖ 2 broken   ✖ 2 broken (known)   ✖ 1 broken (ignored)\n");
    expect(text).toMatch(/✖ new +1 +✖ noted \(known\) +1 +✖ old \(known\) +1 +✖ passed \(ignored\) 1/);
    expect(text).toContain("beyond the rows: ✖ 1 broken (known)\n");
  });
  test("in Markdown", () => {
    expect(formatReport(report, "markdown")).toContain("| ✖ broken (known) | `old` | 1 |");
  });
  test("in HTML", () => {
    expect(formatReport(report, "html")).toContain(
      '<span class="verdict broken before"><span aria-hidden="true">✖ </span>broken (known)</span>',
    );
  });
});
