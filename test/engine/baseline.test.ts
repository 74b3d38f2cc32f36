import { describe, expect, it } from "vitest";
import { type BaselineEntry, compareWithBaseline } from "../../src/engine/baseline.ts";
import { normaliseDetail } from "../../src/engine/fingerprint.ts";
import { CoverageSum } from "../../src/engine/summarise-coverage.ts";
import { updateBaseline } from "../../src/engine/update-baseline.ts";
import { subjects } from "../../src/model/finding.ts";
import { findingOf, reportOf } from "../reporters/sample-report.ts";

const rules = [{ id: "rate-limit/retry-after-missing", subject: "server", spans: "exchange" }] as const;
const finding = findingOf({ fingerprint: "aaaa", row: "rate-limited", operation: "launchCourse" });
const entryOf = (given: Partial<BaselineEntry> = {}): BaselineEntry => ({
  fingerprint: "aaaa",
  rule: "rate-limit/retry-after-missing",
  note: "missing",
  operation: "launchCourse",
  row: "rate-limited",
  message: "A 429 without Retry-After.",
  line: 2,
  ...given,
});
const sumOf = (...keys: (readonly string[])[]) => new CoverageSum([{ counts: keys.map((key) => [key, 1] as const), notes: [] }]);
const exercised = sumOf(["pair", "rate-limited", "launchCourse"], ["operation", "launchCourse", "met"]);
const compare = (
  findings: readonly (typeof finding)[],
  entries: readonly BaselineEntry[],
  more: Partial<Parameters<typeof compareWithBaseline>[2]> = {},
) =>
  compareWithBaseline(
    findings,
    { file: "base.jsonl", entries },
    { isWhole: true, all: findings, rules, subjects, counts: exercised, ...more },
  );

describe("a finding", () => {
  it("is known where the baseline lists its fingerprint, whatever its words are by now", () => {
    const other = findingOf({ fingerprint: "bbbb" });
    const { findings, known, stale } = compare([finding, other], [entryOf({ message: "Other words." })]);
    expect([findings, known, stale]).toEqual([[other], [finding], []]);
  });
});

it("what stands for many findings is never known, and never taken in: it may stand for others tomorrow", () => {
  const many = findingOf({ fingerprint: "aaaa", others: true });
  expect(compare([many], [entryOf()]).known).toEqual([]);
  const { report: updated } = updateBaseline(
    reportOf({ findings: [many] }),
    { file: "base.jsonl", entries: [] },
    { acceptNew: true, failOn: "error" },
  );
  expect([updated.findings, updated.verdict]).toEqual([[many], "broken"]);
});

describe("an entry that is not found", () => {
  it("is stale where its row was met by its operation", () => {
    const { stale, remarks } = compare([], [entryOf()]);
    expect(stale).toEqual([entryOf()]);
    expect(remarks).toEqual([]);
  });

  it.each([
    [
      "its row was met by another operation only",
      { counts: sumOf(["pair", "rate-limited", "listCourses"], ["operation", "launchCourse", "met"]) },
    ],
    ["nothing of it was met", { counts: sumOf() }],
    ["its rule did not run", { rules: [] }],
    ["its subject was not judged", { subjects: ["client"] as const }],
    ["not everything could be read", { isWhole: false }],
  ])("is not stale where %s, which is told", (_, more) => {
    const { stale, remarks } = compare([], [entryOf()], more);
    expect(stale).toEqual([]);
    expect(remarks).toHaveLength(1);
    expect(remarks[0]).toMatch(/^1 of the 1 entries of base\.jsonl were not met; /);
  });

  it("is not stale where it is found and passed over by the configuration", () => {
    expect(compare([], [entryOf()], { all: [finding] }).stale).toEqual([]);
  });

  it("of no row goes by its operation's errors", () => {
    const entry = entryOf({ row: null });
    expect(compare([], [entry]).stale).toHaveLength(1);
    expect(compare([], [entry], { counts: sumOf(["operation", "launchCourse", "errors"]) }).stale).toEqual([]);
  });
});

describe("an update", () => {
  const base = { file: "base.jsonl", entries: [entryOf(), entryOf({ fingerprint: "dead", line: 3, reason: "see #12" })] };
  const report = reportOf({
    findings: [findingOf({ fingerprint: "new1" }), findingOf({ fingerprint: "new2", severity: "warning" })],
    known: [finding],
    stale: [entryOf({ fingerprint: "dead" })],
  });

  it("drops what is stale, and never takes a new finding in unasked", () => {
    const { entries, report: updated } = updateBaseline(report, base, { acceptNew: false, failOn: "error" });
    expect(entries.map(({ fingerprint }) => fingerprint)).toEqual(["aaaa"]);
    expect(updated.findings.map(({ fingerprint }) => fingerprint)).toEqual(["new1", "new2"]);
    expect([updated.verdict, updated.stale]).toEqual(["broken", []]);
    expect(updated.remarks.at(-1)).toBe(
      "base.jsonl was updated: 0 added, 1 dropped, 1 kept. 1 new finding is not in it: --accept-new takes them in.",
    );
  });

  it("takes in what fails where that is asked for, and then nothing fails", () => {
    const { entries, report: updated } = updateBaseline(report, base, { acceptNew: true, failOn: "error" });
    expect(entries.map(({ fingerprint }) => fingerprint)).toEqual(["aaaa", "new1"]);
    expect(updated.findings.map(({ fingerprint }) => fingerprint)).toEqual(["new2"]);
    expect(updated.known.map(({ fingerprint }) => fingerprint).sort()).toEqual(["aaaa", "new1"]);
    expect(updated.verdict).toBe("kept");
  });

  it("keeps a reason, and makes the words today's", () => {
    const withReason = { file: "base.jsonl", entries: [entryOf({ reason: "see #12", message: "Old words." })] };
    const [entry] = updateBaseline(report, withReason, { acceptNew: false, failOn: "error" }).entries;
    expect(entry).toMatchObject({ reason: "see #12", message: finding.message });
  });

  it("makes nothing green that could not be judged", () => {
    const partly = { ...report, unjudged: ["bad.har: it ends too early"] };
    expect(updateBaseline(partly, base, { acceptNew: true, failOn: "error" }).report.verdict).toBe("unjudged");
  });
});

describe("a fingerprint", () => {
  it("tells names apart that differ in a digit, and those that are long by what is beyond", () => {
    const same = (a: string, b: string, isName = true) => normaliseDetail(a, isName) === normaliseDetail(b, isName);
    expect(same("ERR-1001", "ERR-2002")).toBe(false);
    expect(same("bogus1", "bogus2")).toBe(false);
    expect(same(`${"x".repeat(300)}a`, `${"x".repeat(300)}b`)).toBe(false);
    // What looks like an id is none, in a name too; elsewhere every number but a status.
    expect(same("order_1234567_gone", "order_7654321_gone")).toBe(true);
    expect(same("items 17", "items 18", false)).toBe(true);
    expect(same("404", "403", false)).toBe(false);
  });
});
