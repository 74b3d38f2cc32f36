import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { formatReport } from "../../src/reporters/index.ts";
import { columnsOf } from "../../src/syntax/terminal-text.ts";
import { findingOf, gatedReportOf, reportOf, sampleOf } from "./sample-report.ts";

const look = { color: false, width: 80 };
const lastLines = (report: Report, count = 2) => formatReport(report, "pretty", look).trimEnd().split("\n").slice(-count).join("\n");
const legible = (text: string) => text.replaceAll("\u001b", "ESC");

describe("the whole report", () => {
  test("at 80 columns", async () => {
    await expect(formatReport(reportOf(), "pretty", look)).toMatchFileSnapshot("pretty/80-columns.txt");
  });
  test("at 60 columns, ASCII", async () => {
    await expect(formatReport(reportOf(), "pretty", { color: false, width: 60, unicode: false })).toMatchFileSnapshot(
      "pretty/60-ascii.txt",
    );
  });
  test("in colour", async () => {
    await expect(legible(formatReport(reportOf(), "pretty", { color: true, width: 80 }))).toMatchFileSnapshot("pretty/colour.txt");
  });
  test("with known, ignored and stale findings, and remarks", async () => {
    await expect(formatReport(gatedReportOf(), "pretty", look)).toMatchFileSnapshot("pretty/gated.txt");
  });
  test("with findings that say the same of several operations", async () => {
    const findings = ["launchCourse", "getCourse", "listCourses", "deleteCourse", "other"].map((operation, index) =>
      findingOf({
        operation,
        fingerprint: operation,
        count: 10 - index,
        row: index < 2 ? "rate-limited" : "quota-exceeded",
        promise: { file: "contracts/course-api.yaml", line: index < 2 ? 31 : 36 },
        samples: [sampleOf({ entry: index })],
      }),
    );
    await expect(formatReport(reportOf({ findings }), "pretty", look)).toMatchFileSnapshot("pretty/grouped.txt");
  });
  test("with what could not be read and judged", async () => {
    const report = reportOf({
      verdict: "unjudged",
      findings: [],
      unjudged: ["bad.har: it ends too early", "The rule x/y crashed on bad.har entry 3 (boom)."],
      faults: [
        { capture: "bad.har", entry: 4, severity: "note", message: "the status is text" },
        { capture: "bad.har", line: 9, severity: "error", message: "it ends too early", advice: "export it again" },
      ],
      seen: { ...reportOf().seen, forgotten: 1_000 },
    });
    await expect(formatReport(report, "pretty", look)).toMatchFileSnapshot("pretty/unjudged.txt");
  });
  test("with a hundred findings, two of each kind in full, some on a line, the rest counted", async () => {
    const findings = Array.from({ length: 150 }, (_, index) =>
      findingOf({
        message: `The answer number ${index} does not say when to come back, nor does it say anything else.`,
        count: 200 - index,
      }),
    );
    const text = formatReport(reportOf({ findings }), "pretty", look);
    await expect(text).toMatchFileSnapshot("pretty/150-findings.txt");
    expect(text.match(/promised by/g)).toHaveLength(2);
  });
});

test("no colour means none", () => {
  expect(formatReport(reportOf(), "pretty", look)).not.toContain("\u001b");
});

test("colour changes nothing but the colour", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
  expect(formatReport(reportOf(), "pretty", { ...look, color: true }).replace(/\u001b\[[0-9;]*m/g, "")).toBe(
    formatReport(reportOf(), "pretty", look),
  );
});

test.each([30, 40, 60, 80, 100, 200])("no line is longer than %i columns", (width) => {
  for (const line of formatReport(reportOf(), "pretty", { color: false, width }).split("\n"))
    expect(columnsOf(line)).toBeLessThanOrEqual(width);
});

describe("the last lines say how it went and what to do", () => {
  test("broken", () => {
    expect(lastLines(reportOf())).toBe(
      "✖ broken: 2 errors, 1 warning; 1 of 5 promises broken, 1 kept, 3 untested\n  next: envelint explain rate-limit/retry-after-missing",
    );
  });
  test("broken, and not everything was judged", () => {
    expect(lastLines(reportOf({ unjudged: ["x"] }), 3)).toContain("broken, and not everything could be judged: 2 errors");
  });
  test("broken, beside a baseline", () => {
    expect(lastLines(gatedReportOf(), 3)).toContain("broken: 2 new errors, 1 new warning, 1 known, 1 ignored, 1 stale;");
  });
  test("broken by a stale entry alone", () => {
    expect(lastLines(gatedReportOf({ findings: [], known: [], ignored: [] }))).toBe(
      "✖ broken: no new finding, 1 stale; 1 of 5 promises broken, 1 kept, 3 untested\n  next: envelint … --update-baseline takes what is stale out of the baseline",
    );
  });
  test("broken by a stale entry alone, beside a warning that fails nothing", () => {
    expect(lastLines(gatedReportOf({ findings: [findingOf({ severity: "warning" })] }))).toContain(
      "next: envelint … --update-baseline takes",
    );
  });
  test("kept, since nothing was to fail", () => {
    expect(lastLines(gatedReportOf({ verdict: "kept", failOn: "never" }), 3)).toContain(
      "▲ nothing fails under --fail-on never: 2 new errors, 1 new warning, 1 known, 1\n  ignored, 1 stale; 1 of",
    );
    expect(lastLines(gatedReportOf({ verdict: "kept", failOn: "never", findings: [], known: [], ignored: [] }), 3)).toBe(
      "▲ nothing fails under --fail-on never: no new finding, 1 stale; 1 of 5 promises\n  broken, 1 kept, 3 untested\n  next: envelint … --update-baseline takes what is stale out of the baseline",
    );
  });
  test("kept, with known findings", () => {
    expect(lastLines(gatedReportOf({ verdict: "kept", findings: [], stale: [] }), 3)).toContain(
      "✔ kept: no new finding, 1 known, 1 ignored; 1 of",
    );
  });
  test("kept, with warnings", () => {
    expect(lastLines(reportOf({ verdict: "kept", findings: [findingOf({ severity: "warning" })] }), 3)).toContain(
      "▲ nothing reaches the --fail-on level: 1 warning; 1 of 5",
    );
  });
  test("kept, with rows unseen", () => {
    expect(lastLines(reportOf({ verdict: "kept", findings: [] }))).toContain(
      "next: capture traffic that meets preset-not-found, quota-exceeded",
    );
  });
  test("kept and all seen", () => {
    const coverage = {
      ...reportOf().coverage,
      rows: [{ row: "a", verdict: "kept" as const, seen: 1, promise: { file: "c.yaml", line: 1 } }],
    };
    expect(lastLines(reportOf({ verdict: "kept", findings: [], coverage }))).toBe(
      "✔ kept: no finding; 1 of 1 promise kept\n  next: nothing: every promise that could be judged is kept",
    );
  });
  test("nothing in scope", () => {
    const seen = { ...reportOf().seen, judged: 0, errors: 0, inScope: [] };
    expect(lastLines(reportOf({ verdict: "unjudged", findings: [], unjudged: ["Nothing in scope."], seen }))).toBe(
      "? could not judge: no exchange was in scope\n  next: name the API's server, such as --server https://cdn.example.com",
    );
  });
});

describe("evidence", () => {
  const evidenceLines = (evidence: string, width = 60) =>
    formatReport(reportOf({ findings: [findingOf({ samples: [sampleOf({ evidence })] })] }), "pretty", { color: false, width })
      .split("\n")
      .filter((line) => line.startsWith("    │"));

  test("the place is underlined", () => {
    expect(evidenceLines('{"type":⟦"a"⟧}')).toEqual(['    │ {"type":"a"}', "    │         ^^^"]);
  });
  test("a long line is cut on both sides of the place", () => {
    const [line = "", carets = ""] = evidenceLines(`${"x".repeat(200)}⟦here⟧${"y".repeat(200)}`);
    expect(columnsOf(line)).toBe(60);
    expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("here");
    expect(line).toMatch(/^ {4}│ …x+herey+…$/);
  });
  test("a long place is cut in its middle", () => {
    const [line = ""] = evidenceLines(`"a":⟦${"z".repeat(300)}⟧,"b":1`);
    expect(line).toMatch(/"a":z+…z+,"b":1$/);
  });
  test("a field that stands twice is one stretch", () => {
    expect(evidenceLines("retry-after: ⟦5⟧; retry-after: ⟦7⟧")).toEqual([
      "    │ retry-after: 5; retry-after: 7",
      "    │              ^^^^^^^^^^^^^^^^^",
    ]);
  });
  test("wide characters are underlined where they stand", () => {
    expect(evidenceLines('{"名前":⟦"値"⟧}')).toEqual(['    │ {"名前":"値"}', "    │         ^^^^"]);
  });
});
