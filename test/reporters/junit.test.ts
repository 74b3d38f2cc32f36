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
  test("a row fails by its new findings, which name their operations; known ones are told beside", () => {
    const [limited] = casesOf(gatedReportOf());
    expect(limited).toMatchObject({
      suite: "promises",
      name: "rate-limited",
      classname: "Course API: promises",
      outcome: "failure",
      message: "A 429 rate_limit_error does not say when to come back.",
    });
    expect(limited?.text).toContain("error rate-limit/retry-after-missing in launchCourse: ");
    expect(limited?.text).toContain("promised by contracts/course-api.yaml:31");
    expect(limited?.out).toContain("Known: error rate-limit/retry-after-missing in getCourse: ");
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
  test("a provision fails by the findings that break it, and by no other's", () => {
    const promise = { file: "c.yaml", line: 7 };
    const masking = (resource: string) => ({ provision: `masking:${resource}`, verdict: "broken" as const, seen: 4, promise });
    const coverage = { ...reportOf().coverage, rows: [], provisions: [masking("course"), masking("order")] };
    const about = (resource: string) =>
      findingOf({
        rule: "masking/distinguishable",
        row: null,
        promise,
        message: `A foreign ${resource}.`,
        provision: `masking:${resource}`,
      });
    const cases = casesOf(reportOf({ findings: [about("course")], known: [about("order")], coverage }));
    expect(
      cases
        .filter(({ outcome, out }) => outcome !== "passed" || out !== "")
        .map(({ suite, name, outcome, message }) => [suite, name, outcome, message]),
    ).toEqual([
      ["beyond the rows", "masking:course", "failure", "A foreign course."],
      ["beyond the rows", "masking:order", "passed", ""],
    ]);
  });
  test("an operation tells what no row and no provision does", () => {
    const others = casesOf(gatedReportOf()).filter(({ suite }) => suite === "other findings");
    expect(others.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["launchCourse", "passed"],
      ["other", "failure"],
    ]);
    expect(others[0]?.out).toContain("Below the --fail-on level: warning idempotency/replayed-twice in launchCourse: ");
    expect(others[0]?.out).toContain("Ignored: warning http/date-missing in launchCourse: ");
  });
  test("a finding whose row the contract does not list is told of its operation", () => {
    const cases = casesOf(reportOf({ findings: [findingOf({ row: "long-gone" })] }));
    expect(cases.filter(({ outcome }) => outcome === "failure")).toMatchObject([{ suite: "other findings", name: "launchCourse" }]);
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
  const broken = (...rows: string[]) => ({
    ...reportOf().coverage,
    rows: rows.map((row, index) => ({ row, verdict: "broken" as const, seen: 1, promise: { file: "c.yaml", line: index + 1 } })),
  });
  const failed = (report: Parameters<typeof formatReport>[0]) =>
    casesOf(report).flatMap(({ name, outcome }) => (outcome === "failure" ? [name] : []));

  test("a finding below the --fail-on level, though another one fails", () => {
    const findings = [findingOf({ row: "a" }), findingOf({ row: "b", severity: "warning" })];
    const report = reportOf({ findings, coverage: broken("a", "b") });
    expect(failed(report)).toEqual(["a"]);
    expect(casesOf(report)[1]?.out).toContain("Below the --fail-on level: warning rate-limit/retry-after-missing");
    expect(failed({ ...report, failOn: "warning" })).toEqual(["a", "b"]);
  });
  test("known and ignored ones, though a new one fails elsewhere; each says why", () => {
    const ignore = { reason: "the gateway is being replaced", until: "2027-01-31", source: null };
    const report = reportOf({
      findings: [findingOf({ row: "a" })],
      known: [findingOf({ row: "b" })],
      ignored: [{ ...findingOf({ row: "c" }), ignore }],
      coverage: broken("a", "b", "c"),
    });
    expect(failed(report)).toEqual(["a"]);
    const [, b, c] = casesOf(report);
    expect(b?.out).toContain("Known: error rate-limit/retry-after-missing");
    expect(c?.out).toContain("(until 2027-01-31: the gateway is being replaced)");
  });
  test("what is broken by findings that are switched off", () => {
    const [row] = casesOf(reportOf({ findings: [], coverage: broken("a") }));
    expect(row).toMatchObject({ outcome: "passed" });
    expect(row?.out).toContain("tells no finding of");
  });
  test("anything under --fail-on never", () => {
    expect(failed(gatedReportOf({ verdict: "kept", failOn: "never" }))).toEqual([]);
  });
});

test("a case's name says what it is about, and stays whatever comes of it", () => {
  const names = (report: Parameters<typeof formatReport>[0]) =>
    casesOf(report).map(({ suite, classname, name }) => [suite, classname, name]);
  const bad = gatedReportOf({ unjudged: ["bad.har ends too early"] });
  const { coverage } = bad;
  const kept = <Verdict extends { readonly verdict: string }>(some: readonly Verdict[]) =>
    some.map((one) => ({ ...one, verdict: "kept" as const }));
  const good = gatedReportOf({
    verdict: "kept",
    findings: [],
    known: [],
    ignored: [],
    stale: [],
    coverage: { ...coverage, rows: kept(coverage.rows), operations: kept(coverage.operations), provisions: kept(coverage.provisions) },
  });
  expect(names(good)).toEqual(names(bad));
  expect(casesOf(good).every(({ outcome }) => outcome === "passed")).toBe(true);
});
test("stale entries fail, reasons not to judge are errors", () => {
  const cases = casesOf(gatedReportOf({ unjudged: ["bad.har ends too early", "And it is short."] }));
  const baseline = cases.find(({ suite }) => suite === "baseline");
  expect(baseline).toMatchObject({ outcome: "failure", name: "no stale entry" });
  expect(baseline?.text).toContain("line 4: envelope/not-json in getCourse: A 500 is an HTML page. (fingerprint 0b0b)");
  const judging = cases.find(({ suite }) => suite === "judging");
  expect(judging).toMatchObject({ outcome: "error", message: "bad.har ends too early And 1 more." });
  expect(judging?.text).toContain("And it is short.");
});
test("a comparison that found nothing has passed cases", () => {
  const coverage = { rows: [], operations: [], provisions: [], notObservable: [] };
  const report = reportOf({ command: "diff", verdict: "kept", findings: [], coverage });
  expect(casesOf(report)).toMatchObject([
    { name: "other", outcome: "passed" },
    { name: "everything could be judged", outcome: "passed" },
  ]);
});
test("no two cases have one name", () => {
  const rows = Array.from({ length: 3 }, () => ({ row: "a\u0000", verdict: "kept" as const, seen: 1, promise: { file: "c", line: 1 } }));
  const cases = casesOf(reportOf({ findings: [], coverage: { ...reportOf().coverage, rows, provisions: [] } }));
  const names = cases.flatMap(({ suite, name }) => (suite === "promises" ? [name] : []));
  expect(names).toEqual(["a\\u0000", "a\\u0000 [2]", "a\\u0000 [3]"]);
});
