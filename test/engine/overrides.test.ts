import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { audit } from "../../src/audit.ts";
import { mergeFindings, type Sighting, Tally } from "../../src/engine/tally.ts";
import type { Finding, Severity } from "../../src/model/finding.ts";
import type { AuditOptions } from "../../src/options/options.ts";

const cwd = fileURLToPath(new URL("../cli/fixtures/", import.meta.url));
const judged = (options: AuditOptions) => audit("bad.har", { cwd, contract: "shop.yaml", ...options });

describe("severities of some findings", () => {
  test.each<[string, AuditOptions, Record<string, Severity>]>([
    ["none", {}, { "rate-limited": "error", "not-found": "error" }],
    ["by row", { severities: [{ row: "not-*", severity: "note" }] }, { "rate-limited": "error", "not-found": "note" }],
    [
      "by operation",
      { severities: [{ operation: "placeOrder", severity: "warning" }] },
      { "rate-limited": "warning", "not-found": "error" },
    ],
    ["by what is no operation", { severities: [{ operation: "other", severity: "off" }] }, { "rate-limited": "error" }],
    ["by family", { severities: [{ rule: "pairing/*", severity: "note" }] }, { "rate-limited": "error", "not-found": "note" }],
    ["by subject", { severities: [{ subject: "server", severity: "off" }] }, {}],
    ["by another subject", { severities: [{ subject: "client", severity: "off" }] }, { "rate-limited": "error", "not-found": "error" }],
    [
      "the last one counts",
      {
        severities: [
          { row: "*", severity: "off" },
          { rule: "rate-limit/*", severity: "note" },
        ],
      },
      { "rate-limited": "note" },
    ],
    [
      "they win over rules",
      { rules: [["*", "note"]], severities: [{ row: "not-found", severity: "error" }] },
      { "rate-limited": "note", "not-found": "error" },
    ],
    [
      "a rule that is off stays off",
      { rules: [["pairing/*", "off"]], severities: [{ row: "not-found", severity: "error" }] },
      { "rate-limited": "error" },
    ],
  ])("%s", async (_, options, expected) => {
    const { findings } = await judged(options);
    expect(Object.fromEntries(findings.map(({ row, severity }) => [row, severity]))).toEqual(expected);
  });

  test("those that are off leave the row as kept as it is otherwise; those that are ignored do not", async () => {
    const rowIn = async (options: AuditOptions) => (await judged(options)).coverage.rows.find(({ row }) => row === "not-found")?.verdict;
    expect(await rowIn({ severities: [{ row: "not-found", severity: "off" }] })).not.toBe("broken");
    expect(await rowIn({ ignores: [{ row: "not-found", reason: "r", until: "2999-12-31" }] })).toBe("broken");
  });
});

test("ignores pass findings over, which are told and do not fail", async () => {
  const ignores = [{ rule: "*", reason: "r", until: "2999-12-31" }];
  const report = await judged({ ignores });
  expect([report.verdict, report.findings, report.ignored.length, report.remarks]).toEqual(["kept", [], 2, []]);
  expect(report.ignored[0]?.samples[0]?.line).toBe(54);
  const late = await judged({ ignores: [{ rule: "*", reason: "r", until: "2020-12-31" }] });
  expect([late.verdict, late.findings.length, late.ignored.length, late.remarks.length]).toEqual(["broken", 2, 0, 1]);
});

test("an idle ignore is remarked where its row was met, and not where it was not", async () => {
  const of = async (row: string) => (await judged({ ignores: [{ rule: "http/*", row, reason: "r", until: "2999-12-31" }] })).remarks;
  expect(await of("not-found")).toEqual([
    "The ignore of http/*, row not-found met no finding, though what it is about was put to the test: take it out.",
  ]);
  expect(await of("bad-order")).toEqual([]);
});

describe("the finding that stands for many has the worst of their severities", () => {
  const sighting = (detail: number, severity: Severity): Sighting => ({
    rule: { id: "a/b", summary: "s", severity: "error", needs: "exchange", advice: "a", watch: () => ({}) },
    note: "n",
    severity,
    subject: "server",
    row: null,
    promise: null,
    operation: "pay",
    detail: String(detail),
    words: () => ({ message: "m", advice: "a" }),
    sample: () => ({}) as Finding["samples"][number],
  });
  const others = (findings: readonly Finding[]) => findings.filter(({ message }) => message.startsWith("others:"));
  const toldOn = (server: string, ...severities: Severity[]) => {
    const tally = new Tally(1);
    for (let detail = 0; detail < 1_000; detail++) tally.count(server, sighting(detail, "note"));
    for (const [index, severity] of severities.entries()) tally.count(server, sighting(1_000 + index, severity));
    return tally.findings().flatMap(([, findings]) => findings);
  };

  test.each<[Severity[], Severity]>([
    [["note", "error", "note"], "error"],
    [["note", "warning"], "warning"],
    [["error", "note"], "error"],
  ])("%j", (severities, worst) => {
    expect(others(toldOn("s", ...severities)).map(({ severity }) => severity)).toEqual([worst]);
  });

  test("also of several servers", () => {
    const merged = mergeFindings([toldOn("a", "note"), toldOn("b", "error")], 1);
    expect(others(merged).map(({ severity, count }) => [severity, count])).toEqual([["error", 2]]);
  });
});
