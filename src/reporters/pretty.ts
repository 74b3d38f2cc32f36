import type { Report } from "../model/report.ts";
import { type Group, groupFindings } from "./groups.ts";
import { foreign, number, paragraph } from "./layout.ts";
import { type Look, paintOf, signsOf } from "./look.ts";
import { coverageSection, faultsSection, seenSection } from "./pretty-coverage.ts";
import { findingInFull, findingsInBrief } from "./pretty-finding.ts";
import { ignoredSection, knownSection, remarksSection, staleSection } from "./pretty-gate.ts";
import { probesSection } from "./pretty-probes.ts";
import { nextStep, verdictOf } from "./verdict.ts";

/** Up to here each group of findings is shown in full; beyond, the first of each kind are, some more take a line, and the rest is counted. */
const allInFull = 25;
const fullOfAKind = 2;
const briefOfAKind = 20;
const unjudgedListed = 8;

/** For people at a terminal: findings worst first, then coverage, what was not judged, the verdict and what to do next. */
export function pretty(report: Report, look: Look): string {
  const sections = [
    ...findingSections(groupFindings(report.findings), look),
    staleSection(report, look),
    knownSection(report, look),
    ignoredSection(report, look),
    probesSection(report, look),
    coverageSection(report, look),
    seenSection(report, look),
    faultsSection(report, look),
    remarksSection(report, look),
    unjudgedSection(report, look),
    verdictSection(report, look),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function findingSections(groups: readonly Group[], look: Look): string[][] {
  if (groups.length <= allInFull) return groups.map((group) => findingInFull(group, look));
  return [...kindsOf(groups).values()].flatMap((kind) => [
    ...kind.slice(0, fullOfAKind).map((group) => findingInFull(group, look)),
    findingsInBrief(kind.slice(fullOfAKind), briefOfAKind, look),
  ]);
}

/** Groups by what they say, the kinds in the order of their worst finding. */
function kindsOf(groups: readonly Group[]): ReadonlyMap<string, Group[]> {
  const kinds = new Map<string, Group[]>();
  for (const group of groups) {
    const { severity, rule, note } = group.first;
    const kind = `${severity} ${rule} ${note}`;
    const alike = kinds.get(kind);
    if (alike === undefined) kinds.set(kind, [group]);
    else alike.push(group);
  }
  return kinds;
}

/** The reasons that no fault of a capture, listed above, has told already. */
function unjudgedSection({ unjudged, faults }: Report, look: Look): string[] {
  const told = new Set(faults.map(({ capture, message }) => `${capture}: ${message}`));
  const reasons = unjudged.filter((reason) => !told.has(reason));
  if (reasons.length === 0) return [];
  const { bold, warning } = paintOf(look);
  const lead = `  ${warning(signsOf(look).unjudged)} `;
  const more = reasons.length - unjudgedListed;
  return [
    `${bold("Could not be judged")}:`,
    ...reasons.slice(0, unjudgedListed).flatMap((reason) => paragraph(look, lead, foreign(reason))),
    ...(more > 0 ? [`  and ${number(more)} more`] : []),
  ];
}

function verdictSection(report: Report, look: Look): string[] {
  const { bold, good, error, warning } = paintOf(look);
  // What is below the level is no reason for a tick.
  const isClean = report.verdict === "kept" && report.stale.length === 0 && report.findings.every(({ severity }) => severity === "note");
  const sign = report.verdict === "kept" && !isClean ? "warning" : report.verdict;
  const paint = { kept: good, broken: error, unjudged: warning, warning }[sign];
  return [...paragraph(look, `${paint(signsOf(look)[sign])} `, bold(verdictOf(report))), ...paragraph(look, "  next: ", nextStep(report))];
}
