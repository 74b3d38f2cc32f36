import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { formatReport } from "../../src/reporters/index.ts";
import { codeScanningFaults } from "./code-scanning.ts";
import { readJunit } from "./read-junit.ts";
import { readCommands } from "./runner-commands.ts";
import { exchangeOf, findingOf, gatedReportOf, reportOf, sampleOf } from "./sample-report.ts";

const rules = [
  "rate-limit/retry-after-missing",
  "pairing/type-mismatch",
  "envelope/not-json",
  "http/date-missing",
  "masking/distinguishable",
];
const severityOf = (index: number) => (index < 30_000 ? "error" : index < 60_000 ? "warning" : "note");

/** 100,000 findings that say 5,000 things of 40 operations and 200 rows, the worst first. */
const findings: Finding[] = Array.from({ length: 100_000 }, (_, index) =>
  findingOf({
    severity: severityOf(index),
    rule: rules[index % rules.length] as string,
    message: `The answer says ${index % 5_000}, which it should not.`,
    operation: `operation${index % 40}`,
    row: index % 3 === 0 ? null : `row-${index % 200}`,
    fingerprint: index.toString(16).padStart(12, "0"),
    samples: [sampleOf({ entry: index })],
  }),
);
const report = reportOf({ findings });

describe("100,000 findings", () => {
  test("pretty: some of each kind, the rest counted", () => {
    const text = formatReport(report, "pretty");
    expect(text.split("\n").length).toBeLessThan(1_500);
    expect(text).toContain("more: --format json lists them all");
    expect(text).toContain("broken: 30,000 errors, 30,000 warnings, 40,000 notes");
  });
  test("markdown: within a comment's limit, errors first, the rest counted", () => {
    const text = formatReport(report, "markdown");
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(text)).toBeLessThan(262_144);
    expect(text).toContain("| ✖ error |");
    expect(text).toMatch(/_and [\d,]+ more findings, which --format json lists_/);
    const told = (text.match(/^\| ✖ error \|/gm) ?? []).length;
    expect(told).toBeGreaterThan(100);
  });
  test("github: ten of each kind, the rest counted", () => {
    const text = formatReport(report, "github");
    const kinds = readCommands(text).map(({ name }) => name);
    expect(kinds.filter((kind) => kind === "error")).toHaveLength(10);
    expect(kinds).toHaveLength(30);
    expect(text).toMatch(
      /GitHub shows 10 annotations of a kind; [\d,]+ errors, [\d,]+ warnings, [\d,]+ notices more: --format markdown=FILE/,
    );
    expect(formatReport(report, "github", { color: false, width: 80, hasSummary: true })).toContain("more: they are in the job summary");
  });
  test("sarif: as many results as code scanning shows, the rest told", () => {
    const text = formatReport(report, "sarif");
    expect(codeScanningFaults(text)).toEqual([]);
    const [run] = (JSON.parse(text) as Log).runs;
    expect(run?.results).toHaveLength(5_000);
    expect(run?.results?.every(({ level }) => level === "error")).toBe(true);
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text)).toContain(
      "95,000 results, the least important ones, are left out to keep a limit of code scanning; --format json has them.",
    );
  });
  test("gitlab: bounded, and an entry says what is left out", () => {
    const entries = JSON.parse(formatReport(report, "gitlab"));
    expect(entries).toHaveLength(5_001);
    expect(entries.at(-1).description).toContain("95,000 findings");
  });
  test("junit: a case a promise, each bounded", () => {
    const text = formatReport(report, "junit");
    const cases = readJunit(text);
    expect(cases.length).toBeLessThan(2_000);
    expect(text.length).toBeLessThan(5_000_000);
    expect(text).toMatch(/and [\d,]+ more, which --format json has/);
  });
  test("ndjson: a line each, for programs", () => {
    const some = reportOf({ findings: findings.slice(0, 20_000) });
    expect(formatReport(some, "ndjson").split("\n")).toHaveLength(20_000 + some.faults.length + 2);
  });
});

test("markdown stays within a comment's limit where there is much of everything", () => {
  const long = `${"e\u0301|`@x ".repeat(200)}`;
  const many = <Item>(make: (index: number) => Item): Item[] => Array.from({ length: 2_000 }, (_, index) => make(index));
  const finding = (index: number) =>
    findingOf({ message: `${index} ${long}`, advice: long, row: long, operation: long, rule: "a/b", fingerprint: String(index) });
  const gated = gatedReportOf();
  const everything = gatedReportOf({
    contract: { title: long, file: long },
    baseline: long,
    findings: many(finding),
    known: many(finding),
    ignored: many((index) => ({ ...finding(index), ignore: { reason: long, until: long, source: { file: long, line: 1 } } })),
    stale: many((line) => ({ ...(gated.stale[0] as (typeof gated.stale)[number]), message: long, operation: long, line: line + 1 })),
    remarks: many(() => long),
    unjudged: many(() => long),
    coverage: {
      ...gated.coverage,
      rows: many((line) => ({ row: long, verdict: "unseen" as const, seen: 0, promise: { file: long, line } })),
    },
  });
  const text = formatReport(everything, "markdown");
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text.match(/_and [\d,]+ more \w+, which --format json lists_/g)).toHaveLength(8);
});

test("sarif leaves out what does not fit 10 MB, exchanges first, and says so", () => {
  const noise = (seed: string) => createHash("shake256", { outputLength: 2_900 }).update(seed).digest("base64");
  const some = findings.slice(0, 2_000);
  const { request, response } = exchangeOf();
  const exchanges = some.map(({ fingerprint, samples: [sample] }) => {
    const bodyOf = (side: string) => ({ state: "present" as const, text: noise(side + fingerprint), cut: 0, mediaType: "text/plain" });
    return exchangeOf({
      entry: sample?.entry ?? 0,
      request: { ...request, body: bodyOf("request") },
      response: response && { ...response, body: bodyOf("response") },
    });
  });
  const text = formatReport(gatedReportOf({ findings: some, exchanges }), "sarif");
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
  const [run] = (JSON.parse(text) as Log).runs;
  expect(run).not.toHaveProperty("webRequests");
  expect(run?.results).toHaveLength(2_002);
  expect(text).toContain("Requests and responses are left out");
});

test("junit keeps what failed where there are too many promises", () => {
  const rows = Array.from({ length: 6_000 }, (_, index) => ({
    row: `row-${index}`,
    verdict: index === 5_999 ? ("broken" as const) : ("unseen" as const),
    seen: 0,
    promise: { file: "c.yaml", line: index + 1 },
  }));
  const coverage = { ...reportOf().coverage, rows };
  const cases = readJunit(formatReport(reportOf({ findings: [findingOf({ row: "row-5999" })], coverage }), "junit"));
  expect(cases[0]).toMatchObject({ name: "row-5999", outcome: "failure" });
  expect(cases.find(({ name }) => name === "the rest")?.message).toBe("1,000 cases are left out; --format json has them all");
});
