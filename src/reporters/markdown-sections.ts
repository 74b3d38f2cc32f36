import { describePlace } from "../model/place.ts";
import type { Report, RowVerdict } from "../model/report.ts";
import { brokenBefore } from "./broken-before.ts";
import { type Group, groupFindings } from "./groups.ts";
import { counted, number } from "./layout.ts";
import { markdownBlock, markdownCode, markdownText } from "./markdown-text.ts";
import { updateBaseline } from "./verdict.ts";

/** A part of the text: lines that stay, and lines that are taken while there is room, the most important first. */
export interface MarkdownSection {
  readonly head: readonly string[];
  /** Each is one item, of one line or several, written only where there is room for it. */
  readonly items: readonly (() => readonly string[])[];
  readonly foot: readonly string[];
  /** What an item is, for the line that counts those left out. */
  readonly noun: readonly [one: string, many: string];
  /** The most characters that it takes. */
  readonly room: number;
}

const signs: Readonly<Record<string, string>> = { error: "✖", warning: "▲", note: "●" };

/** A table of what was found, a group a line. */
export function findingsTable(groups: readonly Group[], room: number): MarkdownSection | undefined {
  if (groups.length === 0) return undefined;
  return {
    head: ["| | Finding | In | Times | Promised by |", "|---|---|---|--:|---|"],
    items: groups.map((group) => () => {
      const { severity, rule, message } = group.first;
      const what = `${markdownCode(rule)} ${markdownText(message)}`;
      return [`| ${signs[severity]} ${severity} | ${what} | ${operations(group)} | ${number(group.count)} | ${promise(group)} |`];
    }),
    foot: [],
    noun: ["finding", "findings"],
    room,
  };
}

function operations({ operations }: Group): string {
  const shown = operations.slice(0, 3).map((operation) => markdownCode(operation, 60));
  const rest = operations.length - shown.length;
  return `${shown.join(", ")}${rest > 0 ? ` and ${number(rest)} more` : ""}`;
}

function promise({ first: { row, promise } }: Group): string {
  const where = promise === null ? [] : [markdownCode(`${promise.file}:${promise.line}`, 120)];
  return [...(row === null ? [] : [markdownCode(row, 60)]), ...where].join(", ");
}

/** The evidence of the worst findings, folded. */
export function evidenceSection(groups: readonly Group[], room: number): MarkdownSection | undefined {
  if (groups.length === 0) return undefined;
  return folded(
    "What was seen",
    groups.map((group) => () => {
      const { first } = group;
      const [sample] = first.samples;
      const lines = [`**${markdownCode(first.rule)}** ${markdownText(first.message)}`, ""];
      if (first.advice !== "") lines.push(`Fix: ${markdownText(first.advice)}`, "");
      if (sample !== undefined) {
        const { method, url, status, capture, entry, place, expected, found, evidence } = sample;
        const seen = [`${method} ${url} -> ${status === 0 ? "no answer" : status}`, `${capture} entry ${entry}, ${describePlace(place)}`];
        if (expected !== "") seen.push(`expected  ${expected}`);
        if (found !== "") seen.push(`found     ${found}`);
        if (evidence !== "") seen.push(evidence);
        lines.push(...markdownBlock(seen), "");
      }
      return lines;
    }),
    ["finding", "findings"],
    room,
  );
}

const verdictSigns: Readonly<Record<RowVerdict, string>> = {
  kept: "✔",
  broken: "✖",
  unseen: "○",
  skipped: "○",
  inconclusive: "?",
  "not observable": "?",
};

/** What was put to the test, row by row and provision by provision. */
export function coverageSection(report: Report, room: number): MarkdownSection | undefined {
  const { command, coverage } = report;
  const before = brokenBefore(report);
  const cells = [
    ...coverage.rows.map(({ row, verdict, seen }) => ({ name: row, verdict, seen, before: before.rows.get(row) })),
    ...coverage.provisions.map(({ provision, verdict, seen }) => ({
      name: provision,
      verdict,
      seen,
      before: before.provisions.get(provision),
    })),
  ];
  if (command === "diff" || cells.length === 0) return undefined;
  const met = [...new Set(cells.map(({ verdict }) => verdict))];
  const sums = met.map((verdict) => `${number(cells.filter((cell) => cell.verdict === verdict).length)} ${verdict}`);
  return {
    ...folded(
      `Coverage: ${sums.join(", ")}`,
      cells.map(({ name, verdict, seen, before }) => () => [
        `| ${verdictSigns[verdict]} ${verdict}${before === undefined ? "" : ` (${before})`} | ${markdownCode(name, 80)} | ${seen === 0 ? "" : number(seen)} |`,
      ]),
      ["promise", "promises"],
      room,
      ["| Verdict | Promise | Seen |", "|---|---|--:|"],
    ),
  };
}

/** Entries of the baseline that are no longer found. */
export function staleSection({ stale, baseline = "the baseline" }: Report, room: number): MarkdownSection | undefined {
  if (stale.length === 0) return undefined;
  const title = `**Stale**: ${counted(stale.length, "entry", "entries")} of ${markdownCode(baseline, 120)} no longer found. Drop: \`${updateBaseline}\``;
  const items = stale.map(({ line, rule, message, operation }) => () => [
    `- line ${line}: ${markdownCode(rule)} ${markdownText(message)}${operation === "other" ? "" : ` (${markdownCode(operation, 60)})`}`,
  ]);
  return { head: [title, ""], items, foot: [""], noun: ["entry", "entries"], room };
}

/** What could not be judged, which makes the exit code 2. */
export function unjudgedSection({ unjudged }: Report, room: number): MarkdownSection | undefined {
  if (unjudged.length === 0) return undefined;
  const items = unjudged.map((reason) => () => [`- ${markdownText(reason)}`]);
  return { head: ["**Could not be judged**", ""], items, foot: [""], noun: ["reason", "reasons"], room };
}

/** What the baseline lists, folded. */
export function knownSection({ known, baseline }: Report, room: number): MarkdownSection | undefined {
  const groups = groupFindings(known);
  const table = findingsTable(groups, room);
  if (table === undefined) return undefined;
  const title = `Known: ${counted(known.length, "finding")}${baseline === undefined ? "" : " that the baseline lists"}`;
  return { ...folded(title, table.items, ["finding", "findings"], room, table.head) };
}

/** What the configuration passes over, folded. */
export function ignoredSection({ ignored }: Report, room: number): MarkdownSection | undefined {
  if (ignored.length === 0) return undefined;
  const items = ignored.map(({ rule, message, ignore: { reason, until, source } }) => () => {
    const where = source === null ? "" : ` (${markdownCode(`${source.file}:${source.line}`, 120)})`;
    return [`- ${markdownCode(rule)} ${markdownText(message)} Until ${markdownText(until, 40)}: ${markdownText(reason)}${where}`];
  });
  return folded(`Ignored: ${counted(ignored.length, "finding")}`, items, ["finding", "findings"], room);
}

/** Remarks and what was odd in the captures, folded. */
export function remarksSection({ remarks, faults, coverage }: Report, room: number): MarkdownSection | undefined {
  const items = [
    ...remarks.map((remark) => () => [`- ${markdownText(remark, 500)}`]),
    ...faults.map(({ capture, entry, message }) => () => [
      `- ${markdownCode(capture, 120)}${entry === undefined ? "" : ` entry ${entry}`}: ${markdownText(message)}`,
    ]),
    ...coverage.notObservable.map(({ rule, reason, count }) => () => [
      `- Could not be told: ${markdownCode(rule)} ${markdownText(reason)} (${number(count)})`,
    ]),
  ];
  return items.length === 0 ? undefined : folded(`Remarks: ${number(items.length)}`, items, ["remark", "remarks"], room);
}

/** `title` is ours alone: a summary is HTML. */
function folded(
  title: string,
  items: MarkdownSection["items"],
  noun: MarkdownSection["noun"],
  room: number,
  head: readonly string[] = [],
): MarkdownSection {
  return { head: ["<details>", `<summary>${title}</summary>`, "", ...head], items, foot: ["", "</details>", ""], noun, room };
}
