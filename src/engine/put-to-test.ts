import type { Coverage, RowVerdict } from "../model/report.ts";
import { matchesWildcard } from "../syntax/wildcard.ts";
import type { RuleAtWork } from "./rule-at-work.ts";
import type { FindingPattern } from "./settings.ts";

/** A rule, by what patterns go by. */
type Ran = Pick<RuleAtWork, "id" | "subject">;

/**
 * Tells whether findings that a pattern means would have shown: a rule that it means ran, and the row and the operation that it names were put to
 * the test. Of a pattern that names neither nobody can know what would have shown it, so that it counts as not tested.
 *
 * @param ran The rules that ran
 */
export function testedIn({ rows, operations }: Coverage, ran: readonly Ran[]): (pattern: FindingPattern) => boolean {
  return ({ rule, subject, operation, row }) => {
    const hasRun = ran.some(
      (each) => (rule === undefined || matchesWildcard(each.id, rule)) && (subject === undefined || subject === each.subject),
    );
    if (!hasRun || (operation === undefined && row === undefined)) return false;
    return (
      (row === undefined || rows.some((each) => matchesWildcard(each.row, row) && isTested(each.verdict))) &&
      (operation === undefined || operations.some((each) => matchesWildcard(each.operation, operation) && isTested(each.verdict)))
    );
  };
}

function isTested(verdict: RowVerdict): boolean {
  return verdict === "kept" || verdict === "broken";
}
