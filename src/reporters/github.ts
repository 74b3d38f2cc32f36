import type { Severity } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
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
  readonly kind: Kind;
  readonly title: string;
  readonly message: string;
  readonly at?: FileLine;
}

/** For GitHub Actions: annotations, the worst first, and two plain lines: the verdict, and where the rest is told. */
export function github(report: Report, look: Look): string {
  const counts = { error: 0, warning: 0, notice: 0 };
  const lines: string[] = [];
  for (const annotation of annotationsOf(report)) {
    counts[annotation.kind]++;
    if (counts[annotation.kind] <= mostOfAKind) lines.push(commandOf(annotation, look));
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
function annotationsOf(report: Report): Annotation[] {
  const { unjudged, findings, stale, baseline, remarks } = report;
  const [reason] = unjudged;
  const untold = unjudged.length - 1;
  return [
    ...(reason === undefined
      ? []
      : [
          {
            kind: "error" as const,
            title: "could not be judged",
            message: `${clipped(reason, 1_000)}${untold > 0 ? ` And ${number(untold)} more.` : ""}`,
          },
        ]),
    ...groupFindings(findings).map((group) => annotationOf(group, report)),
    ...stale.map(({ rule, message, operation, line }): Annotation => {
      const where = operation === "other" ? "" : ` (${clipped(operation, 100)})`;
      return {
        // Stale entries do not fail under --fail-on never.
        kind: report.verdict === "broken" ? "error" : "warning",
        title: `${rule}: no longer found`,
        message: `${clipped(message, 500)}${where}\nDrop it from the baseline: ${updateBaseline}`,
        ...(baseline !== undefined && { at: { file: baseline, line: Math.max(1, line) } }),
      };
    }),
    ...remarks.map((remark): Annotation => ({ kind: "notice", title: "remark", message: clipped(remark, 1_000) })),
  ];
}

function annotationOf(group: Group, report: Report): Annotation {
  const { severity, rule, message, advice, samples } = group.first;
  const operations = operationsOf(group);
  const [sample] = samples;
  const lines = [`${clipped(message, 500)} (${operations === "" ? "" : `in ${operations}, `}${counted(group.count, "time")})`];
  if (sample !== undefined && sample.expected !== "") lines.push(`Expected: ${clipped(sample.expected, 300)}`);
  if (sample !== undefined && sample.found !== "") lines.push(`Found: ${clipped(sample.found, 300)}`);
  if (advice !== "") lines.push(`Fix: ${clipped(advice, 500)}`);
  return { kind: kinds[severity], title: rule, message: lines.join("\n"), at: toldAt(group.first, report) };
}

function commandOf({ kind, title, message, at }: Annotation, look: Look): string {
  const where = at === undefined ? "" : `file=${escapeProperty(visible(repositoryPath(at.file, look)))},line=${at.line},`;
  return `::${kind} ${where}title=${escapeProperty(clipped(title, 200))}::${escapeData(message)}`;
}
