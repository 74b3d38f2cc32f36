import type { Report } from "../model/report.ts";
import { groupFindings } from "./groups.ts";
import { number } from "./layout.ts";
import {
  coverageSection,
  evidenceSection,
  findingsTable,
  ignoredSection,
  knownSection,
  type MarkdownSection,
  remarksSection,
  staleSection,
  unjudgedSection,
} from "./markdown-sections.ts";
import { markdownCode, markdownText } from "./markdown-text.ts";
import { nextStepOf, verdictOf } from "./verdict.ts";

/**
 * For a pull request's comment or a job's summary: the verdict, what was found, and the rest folded. A comment on GitHub has at most 65,536 characters, a
 * summary 1 MiB: the rooms of the sections add up to 61,000.
 */
export function markdown(report: Report): string {
  const groups = groupFindings(report.findings);
  const sections = [
    unjudgedSection(report, 4_000),
    findingsTable(groups, 18_000),
    staleSection(report, 4_000),
    evidenceSection(groups.slice(0, 10), 12_000),
    coverageSection(report, 9_000),
    knownSection(report, 6_000),
    ignoredSection(report, 4_000),
    remarksSection(report, 4_000),
  ];
  const lines = [markerOf(report), titleOf(report), "", `Next: ${nextLine(report)}`, ""];
  for (const section of sections) if (section !== undefined) lines.push(...written(section));
  return `${lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
}

/** The command as one piece of code, so that it can be copied whole. */
function nextLine(report: Report): string {
  const { command, words } = nextStepOf(report);
  return [markdownCode(command), markdownText(words, 400)].filter((part) => part !== "").join(" ");
}

/** Hidden; the same for each run against one contract, so that a bot finds the comment it wrote before. */
function markerOf({ command, contract }: Report): string {
  const name = encodeURIComponent(Buffer.from(contract.file).toString()).slice(0, 300).replaceAll("-", "%2D");
  return `<!-- envelint:${command}:${name} -->`;
}

function titleOf(report: Report): string {
  const sign = { kept: "✔", broken: "✖", unjudged: "?" }[report.verdict];
  return `### ${sign} envelint: ${markdownText(report.contract.title, 120)}\n\n**${markdownText(verdictOf(report), 400)}**`;
}

/** A section, what has no room in it counted. */
function written({ head, items, foot, noun: [one, many], room }: MarkdownSection): string[] {
  const lines = [...head];
  let left = room;
  let taken = 0;
  for (const write of items) {
    const item = write();
    left -= item.reduce((sum, line) => sum + line.length + 1, 0);
    if (left < 0) break;
    lines.push(...item);
    taken++;
  }
  const rest = items.length - taken;
  const told = `and ${number(rest)} more ${rest === 1 ? one : many}, which --format json lists`;
  // A table ends at an empty line only.
  return rest > 0 ? [...lines, "", `_${told}_`, ...foot, ""] : [...lines, ...foot, ""];
}
