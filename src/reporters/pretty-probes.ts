import type { ProbeVerdict, Report } from "../model/report.ts";
import { counted, foreign, number, paragraph } from "./layout.ts";
import { type Look, type Paint, paintOf, type Signs, signsOf } from "./look.ts";

/** What was asked of a live server, probe by probe, and what stays untested and why. Empty for other commands. */
export function probesSection({ probe: run, coverage }: Report, look: Look): string[] {
  if (run === undefined) return [];
  const { bold, warning } = paintOf(look);
  const unsent = run.unsent === 0 ? "" : `, ${number(run.unsent)} left out`;
  const lines = paragraph(
    look,
    "",
    `${bold("Asked")} ${foreign(run.target, 120)}: ${counted(run.sent, "request")} of ${number(run.budget)}${unsent}`,
  );
  if (run.stopped !== undefined)
    lines.push(...paragraph(look, `  ${warning(signsOf(look).unjudged)} stopped: `, foreign(run.stopped, 400)));
  const width = Math.max(0, ...run.probes.map(({ probe }) => probe.length));
  for (const each of run.probes) lines.push(...probeLine(each, width, look));
  const untested = [
    ...coverage.rows.map(({ row, verdict, reason }) => ({ name: row, verdict, reason })),
    ...coverage.provisions.map(({ provision, verdict, reason }) => ({ name: provision, verdict, reason })),
  ].filter(({ verdict, reason }) => reason !== undefined && verdict !== "kept" && verdict !== "broken");
  if (untested.length === 0) return lines;
  lines.push("  Untested:");
  for (const { name, verdict, reason = "" } of untested)
    lines.push(...paragraph(look, "    ", `${foreign(name)}: ${verdict}, ${foreign(reason, 240)}`));
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
