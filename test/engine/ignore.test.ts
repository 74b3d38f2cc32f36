import { describe, expect, test } from "vitest";
import { applyIgnores, dayOf } from "../../src/engine/ignore.ts";
import { testedIn } from "../../src/engine/put-to-test.ts";
import type { Ignore } from "../../src/engine/settings.ts";
import { severityOf } from "../../src/engine/severity-of.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Coverage } from "../../src/model/report.ts";

const today = "2027-01-31";

function finding(more: Partial<Finding> = {}): Finding {
  return {
    rule: "masking/foreign-revealed",
    note: "revealed",
    severity: "error",
    subject: "server",
    message: "m",
    advice: "a",
    row: "course-not-found",
    promise: null,
    operation: "anyCourse",
    fingerprint: "00112233445566aa",
    count: 1,
    docs: "rules/masking/foreign-revealed.md",
    samples: [],
    ...more,
  };
}

const ignore = (more: Partial<Ignore>): Ignore => ({ reason: "API-1", until: "2027-12-31", ...more });

describe("an ignore passes over what meets all that it names", () => {
  test.each<[Partial<Ignore>, boolean]>([
    [{ rule: "masking/foreign-revealed" }, true],
    [{ rule: "masking/*" }, true],
    [{ rule: "masking/foreign" }, false],
    [{ subject: "server" }, true],
    [{ subject: "client" }, false],
    [{ operation: "any*" }, true],
    [{ operation: "other" }, false],
    [{ row: "course-*" }, true],
    [{ row: "rate-limited" }, false],
    [{ fingerprint: "00112233445566aa" }, true],
    [{ fingerprint: "00112233445566ab" }, false],
    [{ rule: "masking/*", row: "rate-limited" }, false],
    [{ rule: "masking/*", operation: "anyCourse", row: "course-not-found", subject: "server" }, true],
  ])("%j: %s", (pattern, isMet) => {
    const { findings, ignored, remarks } = applyIgnores([finding()], [ignore(pattern)], today);
    expect([findings.length, ignored.length, remarks]).toEqual(isMet ? [0, 1, []] : [1, 0, []]);
  });
});

test("a finding that is about no row meets no row, not even *", () => {
  expect(applyIgnores([finding({ row: null })], [ignore({ row: "*" })], today).ignored).toEqual([]);
});

test("the first that is meant gives its reason and place; the order stays", () => {
  const all = [finding({ rule: "a/b" }), finding({ rule: "c/d" }), finding({ rule: "a/c" })];
  const ignores = [
    ignore({ rule: "a/*", reason: "one", source: { file: "c.yaml", line: 3 } }),
    ignore({ rule: "a/c", reason: "two" }),
    ignore({ rule: "c/*", reason: "three" }),
  ];
  const { findings, ignored } = applyIgnores(all, ignores, today);
  expect(findings).toEqual([]);
  expect(ignored.map(({ rule, ignore: { reason, source } }) => [rule, reason, source])).toEqual([
    ["a/b", "one", { file: "c.yaml", line: 3 }],
    ["c/d", "three", null],
    ["a/c", "one", { file: "c.yaml", line: 3 }],
  ]);
});

describe("until", () => {
  const source = { file: "c.yaml", line: 3 };
  test("the last day still passes over; the day after says that findings count again", () => {
    const last = [ignore({ rule: "masking/*", until: today, reason: "API-7", source })];
    expect(applyIgnores([finding()], last, today)).toMatchObject({ findings: [], remarks: [] });
    expect(applyIgnores([finding(), finding({ row: null })], last, "2027-02-01")).toEqual({
      findings: [finding(), finding({ row: null })],
      ignored: [],
      remarks: [
        "c.yaml:3: the ignore of masking/* expired after 2027-01-31: the 2 findings that it passed over count again. It was for: API-7",
      ],
    });
  });

  test("an expired one that has nothing to pass over says so", () => {
    const expired = ignore({ subject: "client", operation: "pay", until: "2020-01-01" });
    expect(applyIgnores([], [expired], today, () => true).remarks).toEqual([
      "The ignore of findings of the client in pay expired after 2020-01-01 and has nothing to pass over: take it out.",
    ]);
    // Where nobody looked, nobody knows.
    expect(applyIgnores([], [expired], today).remarks).toEqual([
      "The ignore of findings of the client in pay expired after 2020-01-01; nothing that it is about was found, or put to the test.",
    ]);
    // Another one holds what it would have passed over.
    const other = ignore({ rule: "*" });
    const old = ignore({ rule: "masking/*", until: "2020-01-01" });
    expect(applyIgnores([finding()], [old, other], today, () => true)).toMatchObject({
      findings: [],
      ignored: [{ ignore: { until: "2027-12-31" } }],
      remarks: ["The ignore of masking/* expired after 2020-01-01 and has nothing to pass over: take it out."],
    });
  });

  test("today is a day of UTC", () => {
    expect(dayOf(Date.UTC(2027, 0, 31, 23, 59, 59, 999))).toBe("2027-01-31");
  });
});

test("the finding that stands for many is passed over only by who names no operation, row or fingerprint", () => {
  const many = finding({ operation: "other", row: null, others: true });
  const isPassed = (pattern: Partial<Ignore>) => applyIgnores([many], [ignore(pattern)], today).ignored.length === 1;
  expect(isPassed({ rule: "masking/*" })).toBe(true);
  expect(isPassed({ subject: "server" })).toBe(true);
  expect(isPassed({ operation: "other" })).toBe(false);
  expect(isPassed({ operation: "*" })).toBe(false);
  expect(isPassed({ fingerprint: many.fingerprint })).toBe(false);
});

describe("an idle ignore is told only where what it is about was put to the test", () => {
  const place = { file: "c.yaml", line: 1 };
  const coverage: Coverage = {
    rows: [
      { row: "course-not-found", verdict: "kept", seen: 1, promise: place },
      { row: "rate-limited", verdict: "unseen", seen: 0, promise: place },
      { row: "bad-json", verdict: "not observable", seen: 1, promise: place },
    ],
    operations: [
      { operation: "anyCourse", verdict: "broken", exchanges: 2, errors: 1 },
      { operation: "pay", verdict: "unseen", exchanges: 2, errors: 0 },
    ],
    provisions: [],
    notObservable: [],
  };
  const wasTested = testedIn(coverage, [
    { id: "masking/foreign-revealed", subject: "server" },
    { id: "client/retried-final", subject: "client" },
  ]);
  test.each<[Partial<Ignore>, boolean]>([
    [{ rule: "masking/*", row: "course-not-found" }, true],
    [{ row: "course-*" }, true],
    [{ row: "rate-limited" }, false],
    [{ row: "bad-json" }, false],
    [{ operation: "anyCourse" }, true],
    [{ operation: "pay" }, false],
    [{ row: "course-not-found", operation: "pay" }, false],
    [{ rule: "http/*", row: "course-not-found" }, false],
    [{ rule: "client/*", subject: "server", row: "course-not-found" }, false],
    [{ subject: "capture", row: "course-not-found" }, false],
    [{ rule: "masking/*" }, false],
    [{ fingerprint: "00112233445566aa" }, false],
  ])("%j: %s", (pattern, isTold) => {
    const { remarks } = applyIgnores([], [ignore(pattern)], today, wasTested);
    expect(remarks.length).toBe(isTold ? 1 : 0);
    expect(applyIgnores([], [ignore(pattern)], today).remarks).toEqual([]);
  });

  test("one that met a finding is not idle, though another passed it over", () => {
    const both = [ignore({ rule: "*" }), ignore({ row: "course-not-found" })];
    expect(applyIgnores([finding()], both, today, wasTested).remarks).toEqual([]);
  });

  test("its sentence", () => {
    expect(applyIgnores([], [ignore({ rule: "masking/*", row: "course-not-found" })], today, wasTested).remarks).toEqual([
      "The ignore of masking/*, row course-not-found met no finding, though what it is about was put to the test: take it out.",
    ]);
  });
});

test("the last override that a finding meets gives its severity", () => {
  const told = finding();
  expect(severityOf(told, [])).toBeUndefined();
  expect(
    severityOf(told, [
      { rule: "masking/*", severity: "warning" },
      { row: "rate-limited", severity: "off" },
    ]),
  ).toBe("warning");
  expect(
    severityOf(told, [
      { subject: "server", severity: "off" },
      { operation: "anyCourse", severity: "note" },
    ]),
  ).toBe("note");
  expect(severityOf(told, [{ rule: "masking/*", subject: "client", severity: "off" }])).toBeUndefined();
});
