import type { Coverage, RowVerdict } from "../model/report.ts";
import type { Rule } from "../model/rule.ts";
import { matchesWildcard } from "../syntax/wildcard.ts";
import type { FindingPattern } from "./settings.ts";

/**
 * Tells whether findings that a pattern means would have shown: a rule that it means ran, and the row and the operation that it names were put to
 * the test. Of a pattern that names neither nobody can know what would have shown it, so that it counts as not tested.
 *
 * @param ran The rules that ran
 */
export function testedIn({ rows, operations }: Coverage, ran: readonly Rule[]): (pattern: FindingPattern) => boolean {
  return ({ rule, subject, operation, row }) => {
    const hasRun = ran.some((each) => (rule === undefined || matchesWildcard(each.id, rule)) && isOf(each, subject));
    if (!hasRun || (operation === undefined && row === undefined)) return false;
    return (
      (row === undefined || rows.some((each) => matchesWildcard(each.row, row) && isTested(each.verdict))) &&
      (operation === undefined || operations.some((each) => matchesWildcard(each.operation, operation) && isTested(each.verdict)))
    );
  };
}

function isOf({ subject = "server" }: Rule, wanted: FindingPattern["subject"]): boolean {
  return wanted === undefined || subject === wanted;
}

function isTested(verdict: RowVerdict): boolean {
  return verdict === "kept" || verdict === "broken";
}
