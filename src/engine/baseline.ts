import type { Finding, Subject } from "../model/finding.ts";
import type { StaleEntry } from "../model/report.ts";
import type { RuleAtWork } from "./rule-at-work.ts";
import type { CoverageSum } from "./summarise-coverage.ts";

/** Findings that were there when a team began, by fingerprint. */
export interface Baseline {
  /** As reports name it. */
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

/** One of them. All but the fingerprint is there for people. */
export interface BaselineEntry extends StaleEntry {
  /** Why it is let be, in the user's words. */
  readonly reason?: string;
}

/** What a comparison goes by. */
interface Evidence {
  /** All that was given was read, and no rule crashed: what is not found is not there. */
  readonly isWhole: boolean;
  /** Every finding, those that are passed over too. */
  readonly all: readonly Finding[];
  readonly rules: readonly RuleAtWork[];
  readonly subjects: readonly Subject[];
  readonly counts: CoverageSum;
}

/** Parts what is new from what the baseline lists, and finds the entries that are no longer true. */
export function compareWithBaseline(
  findings: readonly Finding[],
  baseline: Baseline | undefined,
  evidence: Evidence,
): { findings: readonly Finding[]; known: readonly Finding[]; stale: readonly StaleEntry[]; remarks: readonly string[] } {
  if (baseline === undefined) return { findings, known: [], stale: [], remarks: [] };
  const listed = new Set(baseline.entries.map(({ fingerprint }) => fingerprint));
  // What stands for many may stand for new ones tomorrow.
  const isKnown = ({ fingerprint, others }: Finding) => listed.has(fingerprint) && !others;
  const found = new Set(evidence.all.map(({ fingerprint }) => fingerprint));
  const gone = baseline.entries.filter(({ fingerprint }) => !found.has(fingerprint));
  const stale = evidence.isWhole ? gone.filter((entry) => wasExercised(entry, evidence)) : [];
  const unseen = gone.length - stale.length;
  const why = evidence.isWhole ? "what they are about was not put to the test" : "not everything could be read";
  return {
    findings: findings.filter((finding) => !isKnown(finding)),
    known: findings.filter(isKnown),
    stale: stale.map(({ fingerprint, rule, note, operation, row, message, line }) => ({
      fingerprint,
      rule,
      note,
      operation,
      row,
      message,
      line,
    })),
    remarks: unseen === 0 ? [] : [`${unseen} of the ${baseline.entries.length} entries of ${baseline.file} were not met; ${why}.`],
  };
}

/** Was that put to the test which an entry is about, by a rule that ran? Only then does its silence say that it was mended. */
function wasExercised({ rule, row, operation }: BaselineEntry, { rules, subjects, counts }: Evidence): boolean {
  const active = rules.find(({ id }) => id === rule);
  if (active === undefined || !subjects.includes(active.subject)) return false;
  if (row !== null) return counts.of("pair", row, operation) > 0;
  return counts.of("operation", operation, "met") > 0;
}
