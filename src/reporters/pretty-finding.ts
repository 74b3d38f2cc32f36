import type { Sample } from "../model/finding.ts";
import { describePlace } from "../model/place.ts";
import { columnsOf, shortened, startOf } from "../syntax/terminal-text.ts";
import { excerpt } from "./excerpt.ts";
import { type Group, operationsOf } from "./groups.ts";
import { counted, foreign, number, paragraph, widthOf } from "./layout.ts";
import { type Look, paintOf, signsOf } from "./look.ts";

/** Characters of a shell line. */
const longestCommand = 2_000;

/** Places a finding was seen that are listed one by one. */
const seenListed = 3;

/** Findings that say the same, as one: the promise, the evidence, where they were seen and what to do. */
export function findingInFull(group: Group, look: Look): string[] {
  const finding = group.first;
  const { bold, dim, [finding.severity]: severe } = paintOf(look);
  const lines = paragraph(look, `${severe(signsOf(look)[finding.severity])} `, `${bold(finding.rule)}  ${foreign(finding.message)}`);
  const about = aboutOf(group);
  if (about !== "") lines.push(...paragraph(look, "  ", dim(about)));
  const [first] = finding.samples;
  if (first !== undefined) {
    if (first.place.kind !== "exchange") lines.push(...paragraph(look, "  at ", foreign(describePlace(first.place))));
    if (first.expected !== "") lines.push(...paragraph(look, `    ${dim("expected")}  `, foreign(first.expected)));
    if (first.found !== "") lines.push(...paragraph(look, `    ${dim("found")}     `, foreign(first.found)));
    lines.push(...excerpt(first.evidence, look, "    "));
  }
  lines.push(...whereSeen(group, look));
  if (finding.advice !== "") lines.push(...paragraph(look, "  fix: ", foreign(finding.advice)));
  if (first?.asked !== undefined) lines.push(...paragraph(look, "  asked by ", foreign(first.asked)));
  if (first?.curl !== undefined) lines.push(...commandOf(first.curl, look));
  return lines;
}

/** The line that asks again: not wrapped, since it is there to be copied, and whole or not at all. */
function commandOf(curl: string, look: Look): string[] {
  const { dim } = paintOf(look);
  if (curl.length <= longestCommand) return [`  ${dim("again:")} ${foreign(curl, longestCommand)}`];
  return paragraph(look, `  ${dim("again:")} `, `a curl line of ${number(curl.length)} characters, which --format json has`);
}

/** Groups of one kind on a line each, for those whose like was already shown in full. */
export function findingsInBrief(groups: readonly Group[], longest: number, look: Look): string[] {
  const first = groups[0]?.first;
  if (first === undefined) return [];
  const { bold, [first.severity]: severe } = paintOf(look);
  const { [first.severity]: sign, ellipsis } = signsOf(look);
  const lines = paragraph(look, `${severe(sign)} `, `${bold(first.rule)}  ${counted(groups.length, "more", "more")} of this kind:`);
  for (const group of groups.slice(0, longest)) {
    const lead = `${`${number(group.count)}x`.padStart(9)}  `;
    const text = group.operations.length === 0 ? group.first.message : `${group.first.message} (${operationsOf(group)})`;
    lines.push(lead + shortened(foreign(text), widthOf(look) - lead.length, ellipsis));
  }
  const left = groups.length - longest;
  return left > 0 ? [...lines, ...paragraph(look, " ".repeat(11), `and ${number(left)} more: --format json lists them all`)] : lines;
}

function aboutOf(group: Group): string {
  const { promise, row, subject } = group.first;
  const parts: string[] = [];
  if (promise !== null) {
    const promises = new Set(group.findings.map((each) => `${each.promise?.file}:${each.promise?.line}`));
    const more = promises.size > 1 ? ` and ${number(promises.size - 1)} more` : "";
    parts.push(`promised by ${row === null ? "" : `${foreign(row)}, `}${foreign(promise.file)}:${promise.line}${more}`);
  }
  const operations = operationsOf(group);
  if (operations !== "") parts.push(`in ${operations}`);
  if (subject !== "server") parts.push(`the ${subject}'s conduct`);
  return parts.join("; ");
}

function whereSeen(group: Group, look: Look): string[] {
  const { count } = group;
  const lead = count === 1 ? "  once: " : `  ${counted(count, "time")}: `;
  const margin = " ".repeat(lead.length);
  const room = widthOf(look) - lead.length;
  const shown = samplesOf(group);
  const sights = shown.flatMap((sample, index) => sightOf(sample, sample.capture !== shown[index - 1]?.capture, room, look));
  const more = count - shown.length;
  if (more > 0) sights.push(`and ${number(more)} more`);
  return sights.flatMap((sight, index) => paragraph(look, index === 0 ? lead : margin, sight));
}

/** The first sample of each finding, then the others of the first: a reader sees what the group has in common. */
function samplesOf({ first, findings }: Group): Sample[] {
  const firsts = findings.slice(0, seenListed).flatMap(({ samples }) => samples.slice(0, 1));
  return [...firsts, ...first.samples.slice(1)].slice(0, seenListed);
}

/** `bad.har entry 12 (line 981) POST https://… 429`, the capture named only where it changes; on two lines where one cannot show the path. */
function sightOf(sample: Sample, nameCapture: boolean, room: number, look: Look): string[] {
  const { ellipsis } = signsOf(look);
  const capture = nameCapture ? `${shortened(foreign(sample.capture), Math.max(16, room - 24), ellipsis)} ` : "";
  const where = `${capture}entry ${sample.entry}${sample.line === null ? "" : ` (line ${sample.line})`}`;
  const method = startOf(foreign(sample.method), 12);
  const url = foreign(sample.url);
  const related = sample.related.slice(0, 3).map((other) => {
    // What is in the capture itself needs no name; a name must not take the line.
    const capture = other.capture === sample.capture ? "" : `${shortened(foreign(other.capture), 24, ellipsis)} `;
    return `${capture}entry ${other.entry}`;
  });
  const after = `${sample.status === 0 ? "(no answer)" : sample.status}${related.length === 0 ? "" : ` (with ${related.join(", ")})`}`;
  const left = room - columnsOf(method) - after.length - 2;
  const beside = left - columnsOf(where) - 1;
  return beside >= Math.min(columnsOf(pathOf(url, ellipsis)), left)
    ? [`${where} ${method} ${urlWithin(url, beside, ellipsis)} ${after}`]
    : [where, `${method} ${urlWithin(url, Math.max(12, left), ellipsis)} ${after}`];
}

/** What of a URL fits: all of it; without its query; its path; the path's ends. */
function urlWithin(url: string, columns: number, ellipsis: string): string {
  const fitting = [url, withoutQuery(url, ellipsis), pathOf(url, ellipsis)].find((text) => columnsOf(text) <= columns);
  return fitting ?? shortened(pathOf(url, ellipsis), columns, ellipsis);
}

function withoutQuery(url: string, ellipsis: string): string {
  return url.replace(/\?.{4,}$/, `?${ellipsis}`);
}

function pathOf(url: string, ellipsis: string): string {
  return withoutQuery(url, ellipsis).replace(/^[a-z]+:\/\/[^/]*/i, ellipsis);
}
