import type { Severity } from "../model/finding.ts";
import type { Report, StaleEntry } from "../model/report.ts";
import { type Group, groupFindings, operationsOf } from "./groups.ts";
import { counted, foreign, number, paragraph } from "./layout.ts";
import { type Look, paintOf, signsOf } from "./look.ts";
import { updateBaseline } from "./verdict.ts";

/** Lines of a kind before the rest is only counted. */
const listed = 8;

/** What the baseline lists and nobody finds any more, with the way to drop it. */
export function staleSection({ stale, baseline }: Report, look: Look): string[] {
  if (stale.length === 0) return [];
  const { bold, error } = paintOf(look);
  const file = baseline === undefined ? "the baseline" : foreign(baseline);
  const title = `${bold("Stale")}: ${counted(stale.length, "entry", "entries")} of ${file} ${stale.length === 1 ? "is" : "are"} no longer found`;
  const lines = stale.slice(0, listed).flatMap((entry) => paragraph(look, `  ${error(signsOf(look).broken)} `, describeStale(entry)));
  return [...paragraph(look, "", title), ...lines, ...rest(stale.length), ...paragraph(look, "  drop: ", updateBaseline)];
}

function describeStale({ rule, message, operation, line }: StaleEntry): string {
  return `line ${line}: ${foreign(rule)}  ${foreign(message)}${operation === "other" ? "" : ` (${foreign(operation)})`}`;
}

/** What the baseline lists: told, in brief. */
export function knownSection({ known, baseline }: Report, look: Look): string[] {
  if (known.length === 0) return [];
  const { bold, dim } = paintOf(look);
  const title = `${bold("Known")}: ${counted(known.length, "finding")}${baseline === undefined ? "" : ` that ${foreign(baseline)} lists`}`;
  const groups = groupFindings(known);
  const lines = groups.slice(0, listed).flatMap((group) => paragraph(look, lead(group.first.severity, look), dim(describe(group))));
  return [...paragraph(look, "", title), ...lines, ...rest(groups.length)];
}

/** What the configuration passes over, why, and until when. */
export function ignoredSection({ ignored }: Report, look: Look): string[] {
  if (ignored.length === 0) return [];
  const { bold, dim } = paintOf(look);
  const lines = ignored.slice(0, listed).flatMap((finding) => {
    const { reason, until, source } = finding.ignore;
    const where = source === null ? "" : ` (${foreign(source.file)}:${source.line})`;
    const [group] = groupFindings([finding]);
    const what = group === undefined ? "" : describe(group);
    return [
      ...paragraph(look, lead(finding.severity, look), dim(what)),
      ...paragraph(look, "    ", `until ${foreign(until, 40)}: ${foreign(reason)}${where}`),
    ];
  });
  return [`${bold("Ignored")}: ${counted(ignored.length, "finding")}`, ...lines, ...rest(ignored.length)];
}

/** What a reader should know and no exit code says. */
export function remarksSection({ remarks }: Report, look: Look): string[] {
  if (remarks.length === 0) return [];
  const { bold } = paintOf(look);
  const lines = remarks.slice(0, listed).flatMap((remark) => paragraph(look, lead("note", look), foreign(remark, 500)));
  return [`${bold("Remarks")}:`, ...lines, ...rest(remarks.length)];
}

function describe(group: Group): string {
  const operations = operationsOf(group);
  return `${number(group.count)}x ${group.first.rule}  ${foreign(group.first.message)}${operations === "" ? "" : ` (${operations})`}`;
}

function lead(severity: Severity, look: Look): string {
  return `  ${paintOf(look)[severity](signsOf(look)[severity])} `;
}

function rest(all: number): string[] {
  return all > listed ? [`  and ${number(all - listed)} more: --format json lists them all`] : [];
}
