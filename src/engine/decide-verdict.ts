import { type FailOn, reaches } from "../model/finding.ts";
import type { Report } from "../model/report.ts";

/** What a report says in one word. A stale entry of a baseline fails as a finding does: it would hide the next one like it. */
export function decideVerdict(
  { findings, stale, unjudged }: Pick<Report, "findings" | "stale" | "unjudged">,
  failOn: FailOn,
): Report["verdict"] {
  if (findings.some((finding) => reaches(finding, failOn)) || (failOn !== "never" && stale.length > 0)) return "broken";
  return unjudged.length > 0 ? "unjudged" : "kept";
}
