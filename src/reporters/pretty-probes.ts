import type { ProbeVerdict, Report } from "../model/report.ts";
import { byReason } from "./by-reason.ts";
import { counted, foreign, number, paragraph } from "./layout.ts";
import { type Look, type Paint, paintOf, type Signs, signsOf } from "./look.ts";

/** Things made that are listed one by one. */
const madeListed = 20;

/** What was asked of a live server, probe by probe, and what stays untested and why. Empty for other commands. */
export function probesSection({ probe: run, coverage }: Report, look: Look): string[] {
  if (run === undefined) return [];
  const { bold, warning, dim } = paintOf(look);
  const { unjudged, unseen } = signsOf(look);
  const left = run.unsent === 0 ? "" : `, ${number(run.unsent)} left out`;
  const asked = `${bold("Asked")} ${foreign(run.target, 120)}: ${counted(run.sent, "request")} of ${number(run.budget)}${left}`;
  const lines = paragraph(look, "", asked);
  if (run.stopped !== undefined) lines.push(...paragraph(look, `  ${warning(unjudged)} stopped: `, foreign(run.stopped, 400)));
  const sent = run.probes.filter(({ verdict }) => verdict !== "skipped");
  const width = Math.max(0, ...sent.map(({ probe }) => probe.length));
  for (const each of sent) lines.push(...probeLine(each, width, look));
  const skipped = run.probes.filter(({ verdict }) => verdict === "skipped").map(({ probe, reason = "" }) => ({ name: probe, reason }));
  for (const line of byReason(skipped)) lines.push(...paragraph(look, `  ${dim(unseen)} `, line));
  for (const made of run.made.slice(0, madeListed)) lines.push(...paragraph(look, "  made or changed: ", foreign(made)));
  if (run.made.length > madeListed) lines.push(`  and ${number(run.made.length - madeListed)} more`);
  for (const { provision, note } of coverage.provisions)
    if (note !== undefined) lines.push(...paragraph(look, "  ", `${foreign(provision)}: ${foreign(note, 400)}`));
  const untested = [
    ...coverage.rows.map(({ row, verdict, reason }) => ({ name: foreign(row), verdict, reason })),
    ...coverage.provisions.map(({ provision, verdict, reason }) => ({ name: foreign(provision), verdict, reason })),
  ].flatMap(({ name, verdict, reason }) =>
    reason === undefined || verdict === "kept" || verdict === "broken" ? [] : [{ name, reason: `${verdict}, ${reason}` }],
  );
  if (untested.length > 0) lines.push("  Untested:");
  for (const line of byReason(untested)) lines.push(...paragraph(look, "    ", line));
  return lines;
}

function probeLine({ probe, verdict, sent, reason }: ProbeVerdict, width: number, look: Look): string[] {
  const lead = `  ${signOf(verdict, paintOf(look), signsOf(look))} ${probe.padEnd(width)} ${number(sent).padStart(4)}  `;
  return reason === undefined ? [lead.trimEnd()] : paragraph(look, lead, foreign(reason, 240));
}

function signOf(verdict: ProbeVerdict["verdict"], { good, error, warning, dim }: Paint, { kept, broken, unjudged, unseen }: Signs): string {
  switch (verdict) {
    case "pass":
      return good(kept);
    case "fail":
      return error(broken);
    case "inconclusive":
      return warning(unjudged);
    case "skipped":
      return dim(unseen);
  }
}
