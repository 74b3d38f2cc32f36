import type { Finding, IgnoredFinding } from "../model/finding.ts";
import { describePattern, meetsPattern } from "./finding-pattern.ts";
import type { FindingPattern, Ignore } from "./settings.ts";

/** Findings after the ignores: both lists in the order in which the findings came. */
export interface Sifted {
  readonly findings: Finding[];
  readonly ignored: IgnoredFinding[];
  /** What is worth knowing of the ignores themselves, one sentence each. */
  readonly remarks: string[];
}

/**
 * Passes findings over until the day that their ignore gives. One that has expired passes nothing over, which is remarked; so is one that met
 * nothing though what it is about was put to the test. Neither is a reason to fail: an ignore too many hides nothing.
 *
 * @param today `2027-01-31`, in UTC
 * @param wasTested Whether a finding that a pattern means would have shown [never known: no ignore is called idle]
 */
export function applyIgnores(
  findings: readonly Finding[],
  ignores: readonly Ignore[],
  today: string,
  wasTested: (pattern: FindingPattern) => boolean = () => false,
): Sifted {
  const valid = ignores.filter((ignore) => !hasExpired(ignore, today));
  const kept: Finding[] = [];
  const ignored: IgnoredFinding[] = [];
  for (const finding of findings) {
    const ignore = valid.find((each) => isMeant(finding, each));
    if (ignore === undefined) kept.push(finding);
    else ignored.push({ ...finding, ignore: { reason: ignore.reason, until: ignore.until, source: sourceOf(ignore) } });
  }
  const remarks = ignores.flatMap((ignore) => {
    if (hasExpired(ignore, today)) return expired(ignore, kept.filter((finding) => isMeant(finding, ignore)).length, wasTested(ignore));
    const isIdle = !findings.some((finding) => isMeant(finding, ignore)) && wasTested(ignore);
    return isIdle ? `${name(ignore)} met no finding, though what it is about was put to the test: take it out.` : [];
  });
  return { findings: kept, ignored, remarks };
}

/** The day of a moment, as ignores give days: `2027-01-31` (UTC). Takes milliseconds since the epoch. */
export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

function hasExpired({ until }: Ignore, today: string): boolean {
  return until < today;
}

/** The one finding that stands for all beyond the limit is of many operations and rows: who names one of these does not mean it. */
function isMeant(finding: Finding, ignore: Ignore): boolean {
  const { operation, row, fingerprint: mark } = ignore;
  if (!meetsPattern(finding, ignore) || (mark !== undefined && mark !== finding.fingerprint)) return false;
  const isNarrow = operation !== undefined || row !== undefined || mark !== undefined;
  return !isNarrow || !finding.others;
}

function expired(ignore: Ignore, count: number, wasTested: boolean): string {
  const { until, reason } = ignore;
  if (count === 0 && wasTested) return `${name(ignore)} expired after ${until} and has nothing to pass over: take it out.`;
  if (count === 0) return `${name(ignore)} expired after ${until}; nothing that it is about was found, or put to the test.`;
  const again = count === 1 ? "the finding that it passed over counts" : `the ${count} findings that it passed over count`;
  return `${name(ignore)} expired after ${until}: ${again} again. It was for: ${reason}`;
}

function name(ignore: Ignore): string {
  const { source } = ignore;
  return `${source === undefined ? "The" : `${source.file}:${source.line}: the`} ignore of ${describePattern(ignore)}`;
}

function sourceOf({ source }: Ignore): IgnoredFinding["ignore"]["source"] {
  return source === undefined ? null : { file: source.file, line: source.line };
}
