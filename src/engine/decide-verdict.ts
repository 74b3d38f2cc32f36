import { type Finding, type Severity, severities } from "../model/finding.ts";
import type { Report } from "../model/report.ts";

/** Does a finding reach the level from which on it fails? */
export function reaches({ severity }: Finding, failOn: Severity | "never"): boolean {
  return failOn !== "never" && severities.indexOf(severity) <= severities.indexOf(failOn);
}

/** What a report says in one word. A stale entry of a baseline fails as a finding does: it would hide the next one like it. */
export function decideVerdict(
  { findings, stale, unjudged }: Pick<Report, "findings" | "stale" | "unjudged">,
  failOn: Severity | "never",
): Report["verdict"] {
  if (findings.some((finding) => reaches(finding, failOn)) || (failOn !== "never" && stale.length > 0)) return "broken";
  return unjudged.length > 0 ? "unjudged" : "kept";
}
