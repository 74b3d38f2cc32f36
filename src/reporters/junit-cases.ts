import type { Finding, IgnoredFinding } from "../model/finding.ts";
import { describePlace } from "../model/place.ts";
import type { Report, RowVerdict } from "../model/report.ts";
import { clipped } from "./clipped.ts";
import { counted, number } from "./layout.ts";

/** One case of a suite. Every text in it is still to be made fit for XML. */
export interface Case {
  readonly name: string;
  readonly outcome: Outcome;
  /** What is told of a case that did not fail. */
  readonly out?: readonly string[];
}

export type Outcome =
  | { readonly is: "passed" }
  | { readonly is: "skipped"; readonly message: string }
  | { readonly is: "failed" | "error"; readonly type: string; readonly message: string; readonly lines: readonly string[] };

/** Findings of a case told in full; the rest is counted. */
const inFull = 5;

/** What is known of one promise in one operation. */
interface Told {
  readonly findings: Finding[];
  readonly known: Finding[];
  readonly ignored: IgnoredFinding[];
}

/** A case a row and operation that a finding names, and one for each row that none does: kept, or not put to the test. */
export function rowCases(report: Report): Case[] {
  const told = byPromise(report, ({ row, operation }) => (row === null ? undefined : JSON.stringify([row, operation])));
  const operationsByRow = new Map<string, string[]>();
  for (const key of told.keys()) {
    const [row = "", operation = ""] = JSON.parse(key) as string[];
    operationsByRow.set(row, [...(operationsByRow.get(row) ?? []), operation]);
  }
  const declared = report.coverage.rows.map(({ row }) => row);
  const pairs = (row: string): Case[] =>
    (operationsByRow.get(row) ?? []).map((operation) =>
      caseOf(nameOf(row, operation), told.get(JSON.stringify([row, operation])) ?? nothing(), report),
    );
  return [
    ...report.coverage.rows.flatMap(({ row, verdict, reason }) => {
      const cases = pairs(row);
      return cases.length > 0 ? cases : [bareCase(row, verdict, reason, report)];
    }),
    // A comparison, and a rule of the user's own, may name rows that coverage does not list.
    ...[...operationsByRow.keys()].filter((row) => !declared.includes(row)).flatMap(pairs),
  ];
}

/** A case a provision; findings that rest on its line of the contract and on no row make it fail. */
export function provisionCases(report: Report): Case[] {
  const told = byPromise(report, ({ row, promise }) => (row === null && promise !== null ? lineOf(promise) : undefined));
  return report.coverage.provisions.map(({ provision, verdict, reason, promise }) => {
    const about = verdict === "broken" ? told.get(lineOf(promise)) : undefined;
    return about === undefined ? bareCase(provision, verdict, reason, report) : caseOf(provision, about, report);
  });
}

/** A case a rule and operation, for findings that no row and no provision has told. */
export function otherCases(report: Report): Case[] {
  const broken = new Set(report.coverage.provisions.filter(({ verdict }) => verdict === "broken").map(({ promise }) => lineOf(promise)));
  const told = byPromise(report, ({ row, promise, rule, operation }) =>
    row !== null || (promise !== null && broken.has(lineOf(promise))) ? undefined : JSON.stringify([rule, operation]),
  );
  return [...told].map(([key, about]) => {
    const [rule = "", operation = ""] = JSON.parse(key) as string[];
    return caseOf(nameOf(rule, operation), about, report);
  });
}

function byPromise({ findings, known, ignored }: Report, keyOf: (finding: Finding) => string | undefined): Map<string, Told> {
  const told = new Map<string, Told>();
  const put = <Kind extends Finding>(some: readonly Kind[], listOf: (told: Told) => Kind[]) => {
    for (const finding of some) {
      const key = keyOf(finding);
      if (key === undefined) continue;
      const about = told.get(key) ?? nothing();
      told.set(key, about);
      listOf(about).push(finding);
    }
  };
  put(findings, (about) => about.findings);
  put(known, (about) => about.known);
  put(ignored, (about) => about.ignored);
  return told;
}

function nothing(): Told {
  return { findings: [], known: [], ignored: [] };
}

function lineOf({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${line} ${file}`;
}

function nameOf(name: string, operation: string): string {
  return operation === "other" ? name : `${name} (${operation})`;
}

/** New findings fail where the run does; below the --fail-on level they are told, as known and ignored ones are. */
function caseOf(name: string, { findings, known, ignored }: Told, { verdict }: Report): Case {
  const [worst] = findings;
  const fails = worst !== undefined && verdict === "broken";
  const out = [
    ...(fails ? [] : some(findings, "Below the --fail-on level")),
    ...some(known, "Known"),
    ...some(ignored, "Ignored", ({ ignore: { reason, until } }) => ` (until ${until}: ${reason})`),
  ];
  if (!fails) return { name, outcome: { is: "passed" }, out };
  const rest = findings.length - 1;
  return {
    name,
    outcome: {
      is: "failed",
      type: worst.rule,
      message: `${clipped(worst.message, 500)}${rest > 0 ? ` And ${number(rest)} more.` : ""}`,
      lines: [...findings.slice(0, inFull).flatMap(inWords), ...more(findings.length)],
    },
    ...(out.length > 0 && { out }),
  };
}

function some<Kind extends Finding>(findings: readonly Kind[], word: string, why: (finding: Kind) => string = () => ""): string[] {
  return [
    ...findings
      .slice(0, inFull)
      .map((finding) => `${word}: ${finding.severity} ${finding.rule}: ${clipped(finding.message, 500)}${why(finding)}`),
    ...more(findings.length),
  ];
}

function more(count: number): string[] {
  return count > inFull ? [`and ${number(count - inFull)} more, which --format json has`] : [];
}

/** A finding with its evidence, for the text of a failure. */
function inWords(finding: Finding): string[] {
  const { severity, rule, message, advice, promise, count, samples } = finding;
  const lines = [`${severity} ${rule}: ${clipped(message, 500)}`];
  if (promise !== null) lines.push(`  promised by ${clipped(promise.file, 300)}:${promise.line}`);
  const [sample] = samples;
  if (sample !== undefined) {
    const { capture, entry, method, url, status, place, expected, found, evidence } = sample;
    const answer = status === 0 ? "(no answer)" : status;
    lines.push(`  ${counted(count, "time")}, first ${clipped(capture, 200)} entry ${entry}: ${clipped(`${method} ${url}`, 500)} ${answer}`);
    lines.push(`  at ${clipped(describePlace(place), 300)}`);
    if (expected !== "") lines.push(`  expected  ${clipped(expected, 500)}`);
    if (found !== "") lines.push(`  found     ${clipped(found, 500)}`);
    if (evidence !== "") lines.push(`  ${clipped(evidence, 500)}`);
  }
  if (advice !== "") lines.push(`  fix: ${clipped(advice, 500)}`);
  return [...lines, ""];
}

/** A promise that no finding of this report is listed about. */
function bareCase(name: string, verdict: RowVerdict, reason: string | undefined, report: Report): Case {
  switch (verdict) {
    case "kept":
      return { name, outcome: { is: "passed" } };
    case "broken": {
      const message = "It is broken: another case tells by what.";
      if (report.verdict !== "broken") return { name, outcome: { is: "passed" }, out: [`Below the --fail-on level: ${message}`] };
      return { name, outcome: { is: "failed", type: "broken", message, lines: [] } };
    }
    default:
      return { name, outcome: { is: "skipped", message: reason === undefined ? verdict : `${verdict}: ${reason}` } };
  }
}
