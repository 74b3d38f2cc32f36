import type { Severity, Subject } from "../model/finding.ts";
import type { Rule } from "../model/rule.ts";
import { nearestName } from "../syntax/nearest.ts";
import { matchesWildcard } from "../syntax/wildcard.ts";

/** Severities the user sets: rule id, or a family glob such as `masking/*`, to a severity. Later ones win. */
export type RuleSettings = readonly RuleSetting[];
export type RuleSetting = readonly [pattern: string, severity: Severity | "off"];
/** What the user says of rules: a setting; or a rule file, with a severity for its rules or [their own]. */
export type RuleChoice = RuleSetting | readonly [file: string];

/** Which findings are meant: those that meet all that is given. `*` stands for any characters. */
export interface FindingPattern {
  /** Id or glob: `masking/*` is a family. */
  readonly rule?: string;
  readonly subject?: Subject;
  /** Name or glob of operations. */
  readonly operation?: string;
  /** Name or glob of rows; a finding that is about none meets no name, not even `*`. */
  readonly row?: string;
}

/** A severity for some findings, whatever their rule has. */
export interface SeverityOverride extends FindingPattern {
  /** `off`: they are not told at all. */
  readonly severity: Severity | "off";
}

/** Findings that are passed over until a day. */
export interface Ignore extends FindingPattern {
  readonly fingerprint?: string;
  readonly reason: string;
  /** The last day on which they are: `2027-01-31` (UTC). */
  readonly until: string;
  /** Where it is written. */
  readonly source?: { readonly file: string; readonly line: number };
}

/** A rule and the severity it runs at; `severity` undefined = the rule's own, told by telling. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity | undefined;
}

/** The rules that run, in the list's order. Throws a RangeError that names the nearest rule where a pattern meets none. */
export function selectRules(rules: readonly Rule[], settings: RuleSettings): ActiveRule[] {
  const chosen = new Map<Rule, Severity | "off">();
  for (const [pattern, severity] of settings) {
    const met = rules.filter((rule) => matchesWildcard(rule.id, pattern));
    if (met.length === 0) throw new RangeError(unknownRule(rules, pattern));
    for (const rule of met) chosen.set(rule, severity);
  }
  return rules
    .filter((rule) => (chosen.get(rule) ?? rule.severity) !== "off")
    .map((rule) => ({ rule, severity: chosen.get(rule) as Severity | undefined }));
}

/** What a name of rules may have meant: a rule, or a family. */
export function nearRules(rules: readonly Rule[]): readonly string[] {
  const ids = rules.map(({ id }) => id);
  return [...ids, ...new Set(ids.map((id) => `${id.split("/")[0]}/*`))];
}

/** Says that a name meets no rule, and which one is near. */
export function unknownRule(rules: readonly Rule[], pattern: string): string {
  const near = nearestName(pattern, nearRules(rules));
  return `There is no rule "${pattern}".${near === undefined ? "" : ` Did you mean "${near}"?`} "envelint rules" lists them all.`;
}
