import type { Severity } from "../model/finding.ts";
import { meetsPattern, type Recognised } from "./finding-pattern.ts";
import type { SeverityOverride } from "./settings.ts";

/** The severity that the last override which a finding meets gives it; `off` = it is not told; undefined = none says anything of it. */
export function severityOf(finding: Recognised, overrides: readonly SeverityOverride[]): Severity | "off" | undefined {
  return overrides.findLast((override) => meetsPattern(finding, override))?.severity;
}
