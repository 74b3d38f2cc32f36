import type { Finding, IgnoredFinding } from "../../model/finding.ts";
import type { Report, StaleEntry } from "../../model/report.ts";
import { groupFindings } from "../groups.ts";
import { foreign } from "../layout.ts";
import { ExchangeShelf } from "./exchange-shelf.ts";
import { gatherSample } from "./gather-sample.ts";
import { limits } from "./limits.ts";
import type { FindingData, GroupData, PageData, SampleData, State } from "./page-data.ts";

/** What a report holds and its page does not. */
export interface LeftOut {
  readonly findings: number;
  readonly samples: number;
  readonly exchanges: number;
}

/** Gathers what the page shows of findings, within its limits. */
export function gatherPage(report: Report): { readonly data: PageData; readonly leftOut: LeftOut } {
  const shelf = new ExchangeShelf(report.exchanges ?? []);
  const gathering: Gathering = { shelf, findings: 0, length: 0, leftOut: { findings: 0, samples: 0 }, later: [] };
  const groups = [
    ...gatherFindings(report.findings, "new", gathering),
    ...report.stale.slice(0, limits.listed).map((entry) => staleGroup(entry, report.baseline)),
    ...gatherFindings(report.known, "known", gathering),
    ...gatherFindings(report.ignored, "ignored", gathering),
  ];
  gatherFurtherSamples(gathering);
  return { data: { groups, exchanges: shelf.data }, leftOut: { ...gathering.leftOut, exchanges: shelf.leftOut } };
}

interface Gathering {
  readonly shelf: ExchangeShelf;
  findings: number;
  length: number;
  readonly leftOut: { findings: number; samples: number };
  /** Samples after a finding's first have to wait until every finding has one. */
  readonly later: { readonly from: Finding; readonly to: SampleData[] }[];
}

function gatherFindings(findings: readonly (Finding | IgnoredFinding)[], state: State, gathering: Gathering): GroupData[] {
  return groupFindings(findings).flatMap(({ first, findings: alike }) => {
    const gathered = alike.flatMap((finding) => gatherFinding(finding, first.advice, gathering));
    if (gathered.length === 0) return [];
    const { rule, note, severity, message, advice, docs } = first;
    const isBuiltIn = docs === `rules/${rule}.md`;
    return [
      {
        state,
        severity,
        rule: foreign(rule, limits.name),
        note: foreign(note, limits.name),
        message: foreign(message, limits.sentence),
        advice: foreign(advice, limits.sentence),
        docs: isBuiltIn ? null : foreign(docs, limits.name),
        findings: gathered,
      },
    ];
  });
}

function gatherFinding(finding: Finding | IgnoredFinding, sharedAdvice: string, gathering: Gathering): FindingData[] {
  if (gathering.findings >= limits.findings || gathering.length > 1.5 * limits.findingsLength) {
    gathering.leftOut.findings++;
    return [];
  }
  const { promise, row, advice } = finding;
  const samples: SampleData[] = [];
  const [first] = finding.samples;
  if (first !== undefined) {
    if (gathering.length > limits.findingsLength) gathering.leftOut.samples += finding.samples.length;
    else {
      samples.push(gatherSample(first, gathering.shelf));
      if (finding.samples.length > 1) gathering.later.push({ from: finding, to: samples });
    }
  }
  const data: FindingData = {
    fingerprint: foreign(finding.fingerprint, limits.name),
    operation: foreign(finding.operation, limits.name),
    row: row === null ? null : foreign(row, limits.name),
    promise: promise === null ? null : `${foreign(promise.file, limits.name)}:${promise.line}`,
    subject: finding.subject,
    count: finding.count,
    ...(advice !== sharedAdvice && { advice: foreign(advice, limits.sentence) }),
    ...("ignore" in finding && { remark: ignoreRemark(finding.ignore) }),
    samples,
  };
  gathering.findings++;
  gathering.length += JSON.stringify(data).length;
  return [data];
}

function gatherFurtherSamples({ later, shelf, leftOut }: Gathering): void {
  let length = 0;
  for (const { from, to } of later)
    for (const [index, sample] of from.samples.entries()) {
      if (index === 0) continue;
      if (index >= limits.samplesOfAFinding || length > limits.samplesLength) {
        leftOut.samples++;
        continue;
      }
      const data = gatherSample(sample, shelf);
      length += JSON.stringify(data).length;
      to.push(data);
    }
}

function ignoreRemark({ reason, until, source }: IgnoredFinding["ignore"]): string {
  const where = source === null ? "" : ` (${foreign(source.file, limits.name)}:${source.line})`;
  return `passed over until ${foreign(until, 40)}: ${foreign(reason, limits.sentence)}${where}`;
}

function staleGroup({ fingerprint, rule, note, operation, row, message, line }: StaleEntry, baseline: string | undefined): GroupData {
  return {
    state: "stale",
    severity: null,
    rule: foreign(rule, limits.name),
    note: foreign(note, limits.name),
    message: foreign(message, limits.sentence),
    advice: "What it is about was put to the test, and is no longer found: drop the entry, lest it hide a relapse (--update-baseline).",
    docs: null,
    findings: [
      {
        fingerprint: foreign(fingerprint, limits.name),
        operation: foreign(operation, limits.name),
        row: row === null ? null : foreign(row, limits.name),
        promise: null,
        subject: null,
        count: 0,
        remark: `listed in ${foreign(baseline ?? "the baseline", limits.name)}:${line}`,
        samples: [],
      },
    ],
  };
}
