import { describe, expect, it } from "vitest";
import { audit, exitCodeOf } from "../../src/audit.ts";
import { judgeCoverage } from "../../src/engine/coverage-gate.ts";
import type { Coverage, RowVerdict } from "../../src/model/report.ts";
import { OptionError } from "../../src/options/option-error.ts";

const promise = { file: "c.yaml", line: 1 };
const coverageOf = (verdicts: Readonly<Record<string, RowVerdict>>): Coverage => ({
  rows: Object.entries(verdicts).map(([row, verdict]) => ({ row, verdict, seen: 0, promise })),
  operations: [{ operation: "launch", verdict: "unseen", exchanges: 3, errors: 0 }],
  provisions: [{ provision: "masking:course", verdict: "not observable", seen: 2, promise }],
  notObservable: [],
});

describe("what is required", () => {
  const coverage = coverageOf({ limited: "kept", lost: "broken", quota: "unseen", crash: "not observable" });
  const missing = (...required: string[]) => judgeCoverage(coverage, { required, minCoverage: 0 });

  it("is a row that was kept or broken", () => {
    expect(missing("limited", "lost")).toEqual([]);
    expect(missing("quota", "crash")).toEqual([
      "quota is required, but was not put to the test (unseen).",
      "crash is required, but was not put to the test (not observable).",
    ]);
  });

  it("may be an operation, a provision, or a pattern", () => {
    expect(missing("launch", "masking:*")).toEqual([
      "masking:course is required, but was not put to the test (not observable).",
      "launch is required, but was not put to the test (unseen).",
    ]);
    expect(missing("*")).toHaveLength(4);
  });
});

describe("the least coverage", () => {
  it("counts the rows that were put to the test, in per cent", () => {
    const coverage = coverageOf({ a: "kept", b: "broken", c: "unseen" });
    expect(judgeCoverage(coverage, { required: [], minCoverage: 66 })).toEqual([]);
    expect(judgeCoverage(coverage, { required: [], minCoverage: 67 })).toEqual([
      "2 of 3 promises were put to the test: 66 %, less than the 67 % asked for.",
    ]);
  });

  it("is had by a contract without rows", () => {
    expect(judgeCoverage(coverageOf({}), { required: [], minCoverage: 100 })).toEqual([]);
  });
});

describe("an audit", () => {
  const cwd = new URL("../../", import.meta.url).pathname;

  it("that misses what is required is unjudged, exit 2", async () => {
    const report = await audit("examples/course-api/bad.har", { cwd, failOn: "never", require: ["regen-cap-reached"], minCoverage: 50 });
    expect(report.unjudged).toEqual(["regen-cap-reached is required, but was not put to the test (unseen)."]);
    expect(exitCodeOf(report)).toBe(2);
  });

  it("knows the nearest name for one the contract does not have", async () => {
    await expect(audit("examples/course-api/good.har", { cwd, require: ["rate-limted"] })).rejects.toThrow(OptionError);
    await expect(audit("examples/course-api/good.har", { cwd, require: ["rate-limted"] })).rejects.toThrow('Did you mean "rate-limited"?');
  });
});
