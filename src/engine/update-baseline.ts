import { type Finding, reaches } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { worstFirst } from "./add-up.ts";
import type { Baseline, BaselineEntry } from "./baseline.ts";
import { decideVerdict } from "./decide-verdict.ts";
import type { Judging } from "./judging.ts";

/** A baseline brought up to date, and the report as it is with it. */
export interface UpdatedBaseline {
  readonly report: Report;
  readonly entries: readonly Omit<BaselineEntry, "line">[];
}

/**
 * Drops what is stale, and takes new findings in only where that was asked for: those that fail, since nothing need be said of the others.
 * The words of what is still found are made today's.
 */
export function updateBaseline(
  report: Report,
  { file, entries }: Baseline,
  { acceptNew, failOn }: { readonly acceptNew: boolean; readonly failOn: Judging["failOn"] },
): UpdatedBaseline {
  const level = failOn === "never" ? "error" : failOn;
  const accepted = acceptNew ? report.findings.filter((finding) => reaches(finding, level) && !finding.others) : [];
  const stale = new Set(report.stale.map(({ fingerprint }) => fingerprint));
  const kept = entries.filter(({ fingerprint }) => !stale.has(fingerprint));
  const today = new Map(report.known.map((finding) => [finding.fingerprint, finding]));
  const findings = report.findings.filter((finding) => !accepted.includes(finding));
  const left = findings.filter((finding) => reaches(finding, level)).length;
  const remark = `${file} was updated: ${accepted.length} added, ${stale.size} dropped, ${kept.length} kept.${left > 0 && !acceptNew ? ` ${left} new ${left === 1 ? "finding is" : "findings are"} not in it: --accept-new takes them in.` : ""}`;
  const updated = {
    ...report,
    findings,
    known: [...report.known, ...accepted].sort(worstFirst),
    stale: [],
    remarks: [...report.remarks, remark],
  };
  return {
    report: { ...updated, verdict: decideVerdict(updated, failOn) },
    entries: [
      ...kept.map((entry) => ({ ...entry, ...wordsOf(today.get(entry.fingerprint)) })),
      ...accepted.map(({ fingerprint, rule, note, operation, row, message }) => ({ fingerprint, rule, note, operation, row, message })),
    ],
  };
}

function wordsOf(finding: Finding | undefined): { readonly message?: string } {
  return finding === undefined ? {} : { message: finding.message };
}
