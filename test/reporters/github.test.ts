import { describe, expect, test } from "vitest";
import { formatReport } from "../../src/reporters/index.ts";
import { readCommands } from "./runner-commands.ts";
import { findingOf, gatedReportOf, reportOf, sampleOf } from "./sample-report.ts";

const look = { color: false, width: 80 };

test("a report", async () => {
  await expect(formatReport(gatedReportOf(), "github", look)).toMatchFileSnapshot("github/gated.txt");
});

describe("an annotation", () => {
  test("is at the promise's line, from the repository's root", () => {
    const [first] = readCommands(formatReport(reportOf(), "github", { ...look, root: "services/api" }));
    expect(first).toMatchObject({
      name: "error",
      properties: { file: "services/api/contracts/course-api.yaml", line: "31", title: "rate-limit/retry-after-missing" },
    });
  });
  test("says what was expected, what was there and what to do, on lines of their own", () => {
    const [first] = readCommands(formatReport(reportOf(), "github", look));
    expect(first?.data.split("\n")).toEqual([
      "A 429 rate_limit_error does not say when to come back. (in launchCourse, 7 times)",
      "Expected: a whole number of seconds",
      "Found: no such header",
      "Fix: Send Retry-After with the seconds to wait.",
    ]);
  });
  test("stands for all findings that say the same", () => {
    const findings = ["a", "b", "c", "d", "e"].map((operation) => findingOf({ operation, fingerprint: operation, count: 2 }));
    const commands = readCommands(formatReport(reportOf({ findings }), "github", look));
    expect(commands).toHaveLength(1);
    expect(commands[0]?.data).toContain("(in a, b, c and 2 more, 10 times)");
  });
  test("is escaped as the runner unescapes it", () => {
    const nasty = "100%25: a,b\n::error::x\r%0A";
    const findings = [findingOf({ message: nasty, promise: { file: "a,b:c%.yaml", line: 1 }, samples: [sampleOf({ found: nasty })] })];
    const commands = readCommands(formatReport(reportOf({ findings }), "github", look));
    expect(commands).toHaveLength(1);
    expect(commands[0]?.properties.file).toBe("a,b:c%.yaml");
    expect(commands[0]?.data).toContain("100%25: a,b\\n::error::x\\r%0A");
  });
});

test("what could not be judged comes first, as one error", () => {
  const [first] = readCommands(formatReport(reportOf({ unjudged: ["a.har ends too early", "b.har is no HAR"] }), "github", look));
  expect(first).toMatchObject({ name: "error", properties: { title: "could not be judged" }, data: "a.har ends too early And 1 more." });
});
test("a stale entry is at its line of the baseline, and an error only where it fails", () => {
  const staleOf = (failOn: "error" | "never") =>
    readCommands(formatReport(gatedReportOf({ failOn }), "github", look)).find(
      ({ properties }) => properties.file === "errors.baseline.json",
    );
  expect(staleOf("error")).toMatchObject({ name: "error", properties: { line: "4" } });
  expect(staleOf("never")?.name).toBe("warning");
});
test("known and ignored findings are not annotated", () => {
  expect(readCommands(formatReport(gatedReportOf({ findings: [], stale: [], remarks: [] }), "github", look))).toEqual([]);
});
test("plain lines are no commands, whatever they say", () => {
  const report = reportOf({ verdict: "unjudged", findings: [], unjudged: [], contract: { title: "x", file: "##[error]x" } });
  expect(readCommands(formatReport(report, "github", look))).toEqual([]);
});
