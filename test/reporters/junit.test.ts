import { describe, expect, test } from "vitest";
import { formatReport } from "../../src/reporters/index.ts";
import { junitFaults, readJunit } from "./read-junit.ts";
import { findingOf, gatedReportOf, reportOf } from "./sample-report.ts";

const casesOf = (report: Parameters<typeof formatReport>[0]) => readJunit(formatReport(report, "junit"));

test("a report fits the grammar of the test tabs", async () => {
  expect(await junitFaults(formatReport(gatedReportOf(), "junit"))).toEqual([]);
  expect(
    await junitFaults(formatReport(reportOf({ verdict: "unjudged", findings: [], unjudged: ["Nothing was read."] }), "junit")),
  ).toEqual([]);
});
test("the grammar refuses what it should", async () => {
  const faults = await junitFaults(formatReport(gatedReportOf(), "junit").replace("<testcase name=", "<testcase nam="));
  expect(faults.join()).toContain("nam");
});
test("the counts are those of the cases", () => {
  const text = formatReport(gatedReportOf(), "junit");
  const cases = readJunit(text);
  const count = (outcome: string) => cases.filter((each) => each.outcome === outcome).length;
  expect(text).toContain(
    `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}">\n  <testsuite name="promises"`,
  );
});

describe("a case a promise", () => {
  test("a row and operation fails by its findings, the row's other operations do not", () => {
    const cases = casesOf(gatedReportOf());
    const [launch, get] = cases;
    expect(launch).toMatchObject({ suite: "promises", name: "rate-limited (launchCourse)", classname: "Course API", outcome: "failure" });
    expect(launch?.message).toBe("A 429 rate_limit_error does not say when to come back.");
    expect(launch?.text).toContain("promised by contracts/course-api.yaml:31");
    expect(get).toMatchObject({ name: "rate-limited (getCourse)", outcome: "passed" });
    expect(get?.out).toContain("Known: error rate-limit/retry-after-missing");
  });
  test("what was not put to the test is skipped, with the reason", () => {
    const coverage = {
      ...reportOf().coverage,
      rows: [
        { row: "a", verdict: "unseen" as const, seen: 0, promise: { file: "c.yaml", line: 1 } },
        { row: "b", verdict: "skipped" as const, seen: 0, reason: "needs --allow-writes", promise: { file: "c.yaml", line: 2 } },
        { row: "c", verdict: "kept" as const, seen: 3, promise: { file: "c.yaml", line: 3 } },
      ],
    };
    const rows = casesOf(reportOf({ findings: [], verdict: "kept", coverage })).filter(({ suite }) => suite === "promises");
    expect(rows.map(({ name, outcome, message }) => [name, outcome, message])).toEqual([
      ["a", "skipped", "unseen"],
      ["b", "skipped", "skipped: needs --allow-writes"],
      ["c", "passed", ""],
    ]);
  });
  test("a broken provision fails by the findings of its line, which then have no case of their own", () => {
    const promise = { file: "c.yaml", line: 7 };
    const coverage = {
      ...reportOf().coverage,
      rows: [],
      provisions: [{ provision: "masking:course", verdict: "broken" as const, seen: 4, promise }],
    };
    const findings = [findingOf({ rule: "masking/distinguishable", row: null, promise, message: "A foreign course looks different." })];
    expect(casesOf(reportOf({ findings, coverage })).map(({ suite, name, outcome, message }) => [suite, name, outcome, message])).toEqual([
      ["beyond the rows", "masking:course", "failure", "A foreign course looks different."],
    ]);
  });
  test("several findings of one promise are one failure, the worst in its message", () => {
    const findings = Array.from({ length: 8 }, (_, index) => findingOf({ message: `Fault ${index}.`, fingerprint: `f${index}` }));
    const [row] = casesOf(reportOf({ findings }));
    expect(row?.message).toBe("Fault 0. And 7 more.");
    expect(row?.text).toContain("Fault 4.");
    expect(row?.text).not.toContain("Fault 5.");
    expect(row?.text).toContain("and 3 more, which --format json has");
  });
});

describe("what does not fail the run fails no case", () => {
  test("a finding below the --fail-on level is told of a passed case", () => {
    const [row] = casesOf(reportOf({ verdict: "kept", findings: [findingOf({ severity: "warning" })] }));
    expect(row).toMatchObject({ name: "rate-limited (launchCourse)", outcome: "passed" });
    expect(row?.out).toContain("Below the --fail-on level: warning rate-limit/retry-after-missing");
  });
  test("an ignored one says why and until when", () => {
    const ignored = casesOf(gatedReportOf()).find(({ name }) => name.startsWith("http/date-missing"));
    expect(ignored).toMatchObject({ outcome: "passed", suite: "other findings" });
    expect(ignored?.out).toContain("(until 2027-01-31: the gateway is being replaced)");
  });
  test("no case fails where the verdict is not broken", () => {
    expect(casesOf(gatedReportOf({ verdict: "kept" })).filter(({ outcome }) => outcome === "failure")).toEqual([]);
  });
});

test("stale entries fail, reasons not to judge are errors", () => {
  const cases = casesOf(gatedReportOf({ unjudged: ["bad.har ends too early"] }));
  expect(cases.find(({ suite }) => suite === "baseline")).toMatchObject({
    outcome: "failure",
    name: "envelope/not-json (getCourse), line 4",
  });
  expect(cases.find(({ suite }) => suite === "could not be judged")).toMatchObject({ outcome: "error", message: "bad.har ends too early" });
});
test("a comparison that found nothing is one passed case", () => {
  const coverage = { rows: [], operations: [], provisions: [], notObservable: [] };
  const report = reportOf({ command: "diff", verdict: "kept", findings: [], coverage });
  expect(casesOf(report)).toMatchObject([{ name: "no finding", outcome: "passed" }]);
});
test("no two cases have one name", () => {
  const rows = Array.from({ length: 3 }, () => ({ row: "a\u0000", verdict: "kept" as const, seen: 1, promise: { file: "c", line: 1 } }));
  const names = casesOf(reportOf({ findings: [], coverage: { ...reportOf().coverage, rows, provisions: [] } })).map(({ name }) => name);
  expect(names).toEqual(["a\\u0000", "a\\u0000 [2]", "a\\u0000 [3]"]);
});
