import { type Finding, severities } from "../model/finding.ts";
import type { Report, Seen } from "../model/report.ts";
import { type Baseline, compareWithBaseline } from "./baseline.ts";
import { type CoverageGate, judgeCoverage } from "./coverage-gate.ts";
import { addScopes, decideScope, summariseScope } from "./decide-scope.ts";
import { decideVerdict } from "./decide-verdict.ts";
import type { Gathered, ScopeTally } from "./gathered.ts";
import { applyIgnores } from "./ignore.ts";
import type { Judging } from "./judging.ts";
import { nothingSeen } from "./nothing-seen.ts";
import type { Outline } from "./outline.ts";
import { testedIn } from "./put-to-test.ts";
import type { RuleAtWork } from "./rule-at-work.ts";
import type { Ignore } from "./settings.ts";
import { chooseShown } from "./show-exchanges.ts";
import { CoverageSum, summariseCoverage } from "./summarise-coverage.ts";
import { mergeFindings } from "./tally.ts";

/** What a report is made by. Plain data, so that a shard can carry it. */
export interface Concluding {
  readonly outline: Outline;
  /** URL prefixes in scope; empty = found out. */
  readonly servers: readonly string[];
  /** The rules that ran. */
  readonly rules: readonly RuleAtWork[];
  readonly subjects: Judging["subjects"];
  readonly gate: CoverageGate;
  readonly failOn: Judging["failOn"];
  readonly maxSamples: number;
  readonly command: Report["command"];
  readonly version: string;
  readonly ignores: readonly Ignore[];
  /** The exchanges are one timeline (`--together`). */
  readonly together: boolean;
}

/** What is known only where a report is made. */
export interface Conclusion {
  /** `2026-11-30`, by which ignores end. */
  readonly today: string;
  readonly baseline?: Baseline;
  /** One part of several was gathered: what only the whole can tell is left to it. */
  readonly isPart?: boolean;
  /** Why this is not all there was, one sentence each [it is]. */
  readonly missing?: readonly string[];
}

/** Makes the report of what was gathered, in one pass or by shards. */
export function conclude(
  parts: readonly Gathered[],
  concluding: Concluding,
  { today, baseline, isPart, missing = [] }: Conclusion,
): Report {
  const { outline, servers, rules, subjects, gate, failOn, maxSamples, command, version } = concluding;
  const scope = addScopes(parts.map((part) => part.scope));
  const inScope = decideScope(scope, servers.length > 0);
  const summary = summariseScope(scope, inScope);
  const all = mergeFindings(inOrder(parts, "findings", inScope), maxSamples).sort(worstFirst);
  const sum = new CoverageSum(inOrder(parts, "coverage", inScope));
  for (const [key, count] of partedBy(parts, concluding, inScope)) sum.add(key, count);
  const isHeldToRows = command !== "diff" && subjects.includes("server") && rules.some(({ subject }) => subject === "server");
  // A promise is broken whether its finding is new, known or passed over.
  const coverage = summariseCoverage(outline, sum, all, isHeldToRows);
  const crashed = parts.some(({ crashes }) => crashes.length > 0);
  const faults = parts.flatMap((part) => part.faults);
  const isWhole = !isPart && missing.length === 0 && !crashed && faults.every(({ severity }) => severity !== "error");
  const ran = rules.filter(({ subject }) => subjects.includes(subject));
  const kept = applyIgnores(all, concluding.ignores, today, isWhole ? testedIn(coverage, ran) : undefined);
  const compared = compareWithBaseline(kept.findings, baseline, { isWhole, all, rules, subjects, sum });
  const seen: Seen = { ...count(parts, scope, inScope, summary.outside), inScope: summary.inScope, outOfScope: summary.outOfScope };
  const unjudged = [
    ...missing,
    ...faults.filter(({ severity }) => severity === "error").map((fault) => `${fault.capture}: ${fault.message}`),
    ...(rules.length === 0 ? ["Every rule is switched off: nothing was checked."] : []),
    ...new Set(parts.flatMap(({ crashes }) => crashes)),
    ...(scope.overflown
      ? ["Some servers could not be told apart (more than 5,000, or names too long); name the API's with --server."]
      : []),
    ...(!isPart && (faults.length === 0 || seen.exchanges > 0) ? nothingSeen(seen, all, servers, command) : []),
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
    ...(baseline !== undefined && { baseline: baseline.file }),
    coverage,
    seen,
    faults,
    ...(parts.some((part) => part.shown !== undefined) && { exchanges: chooseShown(shown, told) }),
  };
}

/** What the parts hold of each server in scope, the servers in the order of the first part that met them. */
function* inOrder<Kind extends "findings" | "coverage">(
  parts: readonly Gathered[],
  kind: Kind,
  inScope: ReadonlySet<string>,
): Generator<Gathered[Kind][number][1]> {
  const held = parts.map((part) => new Map<string, Gathered[Kind][number][1]>(part[kind]));
  for (const server of inScope)
    for (const of of held) {
      const what = of.get(server);
      if (what !== undefined) yield what;
    }
}

function count(
  parts: readonly Gathered[],
  scope: ScopeTally,
  inScope: ReadonlySet<string>,
  outside: number,
): Omit<Seen, "inScope" | "outOfScope"> {
  const sum = (part: "captures" | "bytes" | "exchanges" | "forgotten") => parts.reduce((total, one) => total + one[part], 0);
  const judged = scope.servers.flatMap(([server, tally]) => (inScope.has(server) ? [tally] : []));
  const notJudged = new Map<string, number>(outside > 0 ? [["out-of-scope", outside]] : []);
  for (const part of parts)
    for (const [why, count] of Object.entries(part.notJudged)) notJudged.set(why, (notJudged.get(why) ?? 0) + count);
  return {
    captures: sum("captures"),
    bytes: sum("bytes"),
    exchanges: sum("exchanges"),
    judged: judged.reduce((total, { exchanges }) => total + exchanges, 0),
    errors: judged.reduce((total, { errors }) => total + errors, 0),
    notJudged: Object.fromEntries([...notJudged].sort(([a], [b]) => (a < b ? -1 : 1))),
    forgotten: sum("forgotten"),
  };
}

/** What rules that compare captures could not see, where the traffic of a server lies in several parts. */
function* partedBy(
  parts: readonly Gathered[],
  { rules, together }: Concluding,
  inScope: ReadonlySet<string>,
): Generator<readonly [key: readonly string[], count: number]> {
  const holders = (server: string) =>
    parts.filter(({ scope }) => scope.servers.some(([name, { exchanges }]) => name === server && exchanges > 0));
  const parted = [...inScope].reduce((total, server) => {
    const count = holders(server).length;
    return count > 1 ? total + count : total;
  }, 0);
  if (parted === 0) return;
  for (const { id, spans } of rules)
    if (spans === "captures" || (together && spans === "timeline")) yield [["untold", id, acrossShards], parted];
}

const acrossShards = "not observable across shards";

/** The order of a report's findings. */
export function worstFirst(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    // What stands for many says less than any of them, however often it was seen.
    Number(a.others ?? false) - Number(b.others ?? false) ||
    b.count - a.count ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.fingerprint < b.fingerprint ? -1 : 1)
  );
}
