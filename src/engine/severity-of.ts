import type { Severity } from "../model/finding.ts";
import type { Rule } from "../model/rule.ts";
import { matchesWildcard } from "../syntax/wildcard.ts";
import { meetsPattern, type Recognised } from "./finding-pattern.ts";
import type { SeverityOverride } from "./settings.ts";

/** The severity that the last override which a finding meets gives it; `off` = it is not told; undefined = none says anything of it. */
export function severityOf(finding: Recognised, overrides: readonly SeverityOverride[]): Severity | "off" | undefined {
  return overrides.findLast((override) => meetsPattern(finding, override))?.severity;
}

/** Do the overrides leave nothing of a rule? Then it does not run, as if it had been switched off: what nobody looks at is not kept. */
export function isSilenced({ id, subject = "server" }: Rule, overrides: readonly SeverityOverride[]): boolean {
  let isOff = false;
  for (const override of overrides) {
    if (override.rule !== undefined && !matchesWildcard(id, override.rule)) continue;
    const isNarrow = [override.operation, override.row].some((name) => name !== undefined && name !== "*");
    if (!isNarrow && (override.subject === undefined || override.subject === subject)) isOff = override.severity === "off";
    else if (override.severity !== "off") isOff = false;
  }
  return isOff;
}
