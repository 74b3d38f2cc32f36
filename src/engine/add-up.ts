import type { CaptureFault } from "../model/capture.ts";
import { type Finding, severities } from "../model/finding.ts";
import type { Coverage, Seen } from "../model/report.ts";
import type { Concluding } from "./concluding.ts";
import { addScopes, decideScope, summariseScope } from "./decide-scope.ts";
import type { Gathered, ScopeTally } from "./gathered.ts";
import { nothingSeen } from "./nothing-seen.ts";
import { CoverageSum, summariseCoverage } from "./summarise-coverage.ts";
import { mergeFindings } from "./tally.ts";

/** What parts come to, once it is decided which servers count. */
export interface AddedUp {
  /** Every finding, worst first. */
  readonly all: readonly Finding[];
  readonly coverage: Coverage;
  readonly counts: CoverageSum;
  readonly seen: Seen;
  readonly faults: readonly CaptureFault[];
  readonly crashes: readonly string[];
  /** Some servers could not be told apart. */
  readonly isOverflown: boolean;
  /** Why nothing was put to the test, if so. */
  readonly nothing: readonly string[];
}

/** Adds up what was gathered by shards, or in one pass. */
export function addUp(parts: readonly Gathered[], concluding: Concluding): AddedUp {
  const { outline, servers, rules, subjects, maxSamples, command } = concluding;
  const scope = addScopes(parts.map((part) => part.scope));
  const inScope = decideScope(scope, servers.length > 0);
  const summary = summariseScope(scope, inScope);
  const all = mergeFindings(inOrder(parts, "findings", inScope), maxSamples).sort(worstFirst);
  const counts = new CoverageSum(inOrder(parts, "coverage", inScope));
  for (const [key, count] of partedBy(parts, concluding, inScope)) counts.add(key, count);
  const isHeldToRows = command !== "diff" && subjects.includes("server") && rules.some(({ subject }) => subject === "server");
  // A promise is broken whether its finding is new, known or passed over.
  const coverage = summariseCoverage(outline, counts, all, isHeldToRows);
  const faults = parts.flatMap((part) => part.faults);
  const seen: Seen = { ...count(parts, scope, inScope, summary.outside), inScope: summary.inScope, outOfScope: summary.outOfScope };
  return {
    all,
    coverage,
    counts,
    seen,
    faults,
    crashes: [...new Set(parts.flatMap(({ crashes }) => crashes))],
    isOverflown: scope.overflown,
    nothing: faults.length === 0 || seen.exchanges > 0 ? nothingSeen(seen, all, isHeldToRows ? coverage : undefined, servers, command) : [],
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
