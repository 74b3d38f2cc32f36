import type { Finding, Severity } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { inertJson } from "../syntax/inert-json.ts";
import { clipped } from "./clipped.ts";
import { counted, number } from "./layout.ts";
import type { Look } from "./look.ts";
import { repositoryPath, toldAt } from "./told-at.ts";

/** Findings of one report; beyond, a merge request's widget helps nobody. */
const mostFindings = 5_000;

/** GitLab ranks blocker, critical, major, minor, info. */
const severities: Readonly<Record<Severity, string>> = { error: "critical", warning: "major", note: "info" };

/**
 * For GitLab's merge requests: a Code Quality report. Known findings are in it, for GitLab itself compares the branches by fingerprint, and would call a
 * finding fixed that the report leaves out; ignored ones are not.
 */
export function gitlab(report: Report, look: Look): string {
  const told = [...report.findings, ...report.known];
  const entries = told.slice(0, mostFindings).map((finding) => entryOf(finding, report, look));
  const left = told.length - mostFindings;
  if (left > 0) entries.push(limitOf(left, report, look));
  return `${inertJson(entries, 2)}\n`;
}

function entryOf(finding: Finding, report: Report, look: Look) {
  const { rule, severity, message, operation, count, advice, fingerprint } = finding;
  const { file, line } = toldAt(finding, report);
  const where = `${operation === "other" ? "" : `${clipped(operation, 100)}, `}${counted(count, "time")}`;
  return {
    description: [`${clipped(message, 500)} (${where})`, clipped(advice, 500)].filter((part) => part !== "").join(" "),
    check_name: rule,
    fingerprint,
    severity: severities[severity],
    location: { path: clipped(repositoryPath(file, look), 1_000), lines: { begin: line } },
  };
}

function limitOf(left: number, { contract }: Report, look: Look) {
  return {
    description: `${number(left)} findings, the least important ones, are left out; --format json has them.`,
    check_name: "envelint/limit",
    fingerprint: "envelint/limit",
    severity: "info",
    location: { path: clipped(repositoryPath(contract.file.replace(/^builtin:/, ""), look), 1_000), lines: { begin: 1 } },
  };
}
