import type { Severity } from "../model/finding.ts";
import type { Report, StaleEntry } from "../model/report.ts";
import { visible } from "../syntax/terminal-text.ts";
import { clipped } from "./clipped.ts";
import { type Group, groupFindings, operationsOf } from "./groups.ts";
import { counted, number } from "./layout.ts";
import type { Look } from "./look.ts";
import { type FileLine, repositoryPath, toldAt } from "./told-at.ts";
import { updateBaseline, verdictOf } from "./verdict.ts";
import { escapeData, escapeProperty, uncommanded } from "./workflow-commands.ts";

/** Annotations of a kind that GitHub shows of a step; of what is beyond, it shows nothing and says nothing. */
const mostOfAKind = 10;

type Kind = "error" | "warning" | "notice";
const kinds: Readonly<Record<Severity, Kind>> = { error: "error", warning: "warning", note: "notice" };

interface Annotation {
  readonly title: string;
  readonly message: string;
  readonly at?: FileLine;
}

/** An annotation that is written only where GitHub would show it. */
interface Due {
  readonly kind: Kind;
  readonly write: () => Annotation;
}

/** For GitHub Actions: annotations, the worst first, and two plain lines: the verdict, and where the rest is told. */
export function github(report: Report, look: Look): string {
  const counts = { error: 0, warning: 0, notice: 0 };
  const lines: string[] = [];
  for (const { kind, write } of annotationsOf(report)) {
    counts[kind]++;
    if (counts[kind] <= mostOfAKind) lines.push(commandOf(kind, write(), look));
  }
  lines.push(uncommanded(`envelint: ${visible(verdictOf(report))}`));
  const left = Object.entries(counts).flatMap(([kind, count]) => (count > mostOfAKind ? [counted(count - mostOfAKind, kind)] : []));
  if (left.length > 0) {
    const where = look.hasSummary ? "they are in the job summary" : "--format markdown=FILE or json=FILE lists them";
    lines.push(`envelint: GitHub shows ${number(mostOfAKind)} annotations of a kind; ${left.join(", ")} more: ${where}`);
  }
  return `${lines.join("\n")}\n`;
}

/** What is to be annotated, the most important of each kind first. */
function annotationsOf(report: Report): Due[] {
  const { unjudged, findings, stale, remarks } = report;
  return [
    ...(unjudged.length > 0 ? [{ kind: "error" as const, write: () => unjudgedOf(unjudged) }] : []),
    ...groupFindings(findings).map((group): Due => ({ kind: kinds[group.first.severity], write: () => annotationOf(group, report) })),
    ...stale.map((entry): Due => ({ kind: report.failOn === "never" ? "warning" : "error", write: () => staleOf(entry, report) })),
    ...remarks.map((remark): Due => ({ kind: "notice", write: () => ({ title: "remark", message: clipped(remark, 1_000) }) })),
  ];
}

function unjudgedOf([reason = "", ...others]: readonly string[]): Annotation {
  const rest = others.length > 0 ? ` And ${number(others.length)} more.` : "";
  return { title: "could not be judged", message: clipped(reason, 1_000) + rest };
}

function staleOf({ rule, message, operation, line }: StaleEntry, { baseline }: Report): Annotation {
  const where = operation === "other" ? "" : ` (${clipped(operation, 100)})`;
  return {
    title: `${rule}: no longer found`,
    message: `${clipped(message, 500)}${where}\nDrop it from the baseline: ${updateBaseline}`,
    ...(baseline !== undefined && { at: { file: baseline, line: Math.max(1, line) } }),
  };
}

function annotationOf(group: Group, report: Report): Annotation {
  const { rule, message, advice, samples } = group.first;
  const operations = operationsOf(group);
  const [sample] = samples;
  const lines = [`${clipped(message, 500)} (${operations === "" ? "" : `in ${operations}, `}${counted(group.count, "time")})`];
  if (sample !== undefined && sample.expected !== "") lines.push(`Expected: ${clipped(sample.expected, 300)}`);
  if (sample !== undefined && sample.found !== "") lines.push(`Found: ${clipped(sample.found, 300)}`);
  if (advice !== "") lines.push(`Fix: ${clipped(advice, 500)}`);
  return { title: rule, message: lines.join("\n"), at: toldAt(group.first, report) };
}

function commandOf(kind: Kind, { title, message, at }: Annotation, look: Look): string {
  const where = at === undefined ? "" : `file=${escapeProperty(visible(repositoryPath(at.file, look)))},line=${at.line},`;
  return `::${kind} ${where}title=${escapeProperty(clipped(title, 200))}::${escapeData(message)}`;
}
