import { type Severity, severities } from "../model/finding.ts";
import type { Report, RowVerdict } from "../model/report.ts";
import { counted, foreign, listed, number } from "./layout.ts";

/** The outcome in one sentence. */
export function verdictOf(report: Report): string {
  const { verdict, unjudged, seen } = report;
  const found = findingsOf(report);
  const over = `in ${counted(seen.errors, "error answer")}; ${coverageOf(report)}`;
  switch (verdict) {
    case "broken":
      return `broken${unjudged.length > 0 ? ", and not everything could be judged" : ""}: ${found} ${over}`;
    case "unjudged":
      return seen.judged === 0 ? "could not judge: no exchange was judged" : `could not judge everything: ${found} ${over}`;
    case "kept":
      return `kept: ${found} ${over}`;
  }
}

/** What to do next; one line. */
export function nextStep(report: Report): string {
  const { findings, seen, unjudged, coverage, faults } = report;
  const [worst] = findings;
  if (report.verdict === "broken" && worst !== undefined) return `envelint explain ${worst.rule}`;
  if (unjudged.length > 0) {
    const server = [...seen.outOfScope].sort((a, b) => b.errors - a.errors)[0]?.server;
    if (seen.judged === 0 && server?.includes("://")) return `name the API's server, such as --server ${foreign(server, 80)}`;
    if (faults.some((fault) => fault.severity === "error")) return "capture again, or mend what could not be read";
    return seen.errors === 0 ? "capture traffic in which the API answers errors" : "see above what could not be judged";
  }
  if (worst !== undefined) return `envelint explain ${worst.rule}`;
  const unseen = coverage.rows.filter((row) => row.verdict === "unseen").map((row) => foreign(row.row));
  if (unseen.length > 0)
    return `capture traffic that meets ${unseen.slice(0, 3).join(", ")}${unseen.length > 3 ? ` and ${unseen.length - 3} more` : ""}`;
  return "nothing: every promise that could be judged is kept";
}

function findingsOf({ findings }: Report): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const parts = severities.filter((severity) => count(severity) > 0).map((severity) => counted(count(severity), severity));
  return parts.length === 0 ? "no finding" : listed(parts);
}

function coverageOf({ coverage }: Report): string {
  const count = (verdict: RowVerdict) => coverage.rows.filter((row) => row.verdict === verdict).length;
  const parts = (["kept", "broken", "unseen", "not observable"] as const)
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${number(count(verdict))} ${verdict}`);
  return `of ${counted(coverage.rows.length, "promise")} ${listed(parts) || "none seen"}`;
}
