import type { Report } from "../model/report.ts";
import { addUp } from "./add-up.ts";
import { type Baseline, compareWithBaseline } from "./baseline.ts";
import type { Concluding } from "./concluding.ts";
import { judgeCoverage } from "./coverage-gate.ts";
import { decideVerdict } from "./decide-verdict.ts";
import type { Gathered } from "./gathered.ts";
import { applyIgnores } from "./ignore.ts";
import { testedIn } from "./put-to-test.ts";
import { chooseShown } from "./show-exchanges.ts";

/** What is known only where a report is made. */
export interface Conclusion {
  /** `2026-11-30`, by which ignores end. */
  readonly today: string;
  readonly baseline?: Baseline;
  /** The configuration's file. */
  readonly config?: string;
  /** One part of several was gathered: what only the whole can tell is left to it. */
  readonly isPart?: boolean;
  /** Why this is not all there was, one sentence each [it is]. */
  readonly missing?: readonly string[];
}

/** Makes the report of what was gathered, in one pass or by shards. */
export function conclude(
  parts: readonly Gathered[],
  concluding: Concluding,
  { today, baseline, config, isPart, missing = [] }: Conclusion,
): Report {
  const { outline, subjects, rules, gate, failOn, command, version } = concluding;
  const { all, coverage, counts, seen, faults, crashes, isOverflown, nothing } = addUp(parts, concluding);
  const isWhole = !isPart && missing.length === 0 && crashes.length === 0 && faults.every(({ severity }) => severity !== "error");
  const ran = rules.filter(({ subject }) => subjects.includes(subject));
  const kept = applyIgnores(all, concluding.ignores, today, isWhole ? testedIn(coverage, ran) : undefined);
  const compared = compareWithBaseline(kept.findings, baseline, { isWhole, all, rules, subjects, counts });
  const unjudged = [
    ...missing,
    ...faults.filter(({ severity }) => severity === "error").map((fault) => `${fault.capture}: ${fault.message}`),
    ...(rules.length === 0 ? ["Every rule is switched off: nothing was checked."] : []),
    ...(rules.length > 0 && ran.length === 0 ? [`No rule judges the conduct of ${subjects.join(" or ")}: nothing was checked.`] : []),
    ...crashes,
    ...(isOverflown ? ["Some servers could not be told apart (more than 5,000, or names too long); name the API's with --server."] : []),
    ...(isPart ? [] : nothing),
    ...(isPart ? [] : judgeCoverage(coverage, gate)),
  ];
  const shown = parts.flatMap((part) => part.shown ?? []);
  const told = [...compared.findings, ...compared.known, ...kept.ignored];
  return {
    schemaVersion: 1,
    tool: { name: "envelint", version },
    command,
    contract: { title: outline.title, file: outline.file },
    verdict: decideVerdict({ ...compared, unjudged }, failOn),
    failOn,
    unjudged,
    findings: compared.findings,
    known: compared.known,
    stale: compared.stale,
    ignored: kept.ignored,
    remarks: [...kept.remarks, ...compared.remarks, ...new Set(parts.flatMap(({ limits }) => limits))],
    ...(config !== undefined && { config }),
    ...(baseline !== undefined && { baseline: baseline.file }),
    coverage,
    seen,
    faults,
    ...(parts.some((part) => part.shown !== undefined) && { exchanges: chooseShown(shown, told) }),
  };
}
