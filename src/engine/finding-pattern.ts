import type { Finding } from "../model/finding.ts";
import { matchesWildcard } from "../syntax/wildcard.ts";
import type { FindingPattern } from "./settings.ts";

/** What a pattern goes by. */
export type Recognised = Pick<Finding, "rule" | "subject" | "operation" | "row">;

/** Does a finding meet all that a pattern gives? One that is about no row meets no name of a row, not even `*`. */
export function meetsPattern(finding: Recognised, { rule, subject, operation, row }: FindingPattern): boolean {
  return (
    (rule === undefined || matchesWildcard(finding.rule, rule)) &&
    (subject === undefined || finding.subject === subject) &&
    (operation === undefined || matchesWildcard(finding.operation, operation)) &&
    (row === undefined || (finding.row !== null && matchesWildcard(finding.row, row)))
  );
}

/** A pattern for people: `masking/* in launchCourse, row course-not-found`. */
export function describePattern({
  rule,
  subject,
  operation,
  row,
  fingerprint,
}: FindingPattern & { readonly fingerprint?: string }): string {
  return [
    `${rule ?? "findings"}${subject === undefined ? "" : ` of the ${subject}`}${operation === undefined ? "" : ` in ${operation}`}`,
    ...(row === undefined ? [] : [`row ${row}`]),
    ...(fingerprint === undefined ? [] : [`fingerprint ${fingerprint}`]),
  ].join(", ");
}
