import type { RehearsalReport } from "../probe.ts";
import { byReason } from "../reporters/by-reason.ts";
import { counted, foreign, number, paragraph } from "../reporters/layout.ts";
import { type Look, paintOf } from "../reporters/look.ts";

/** A dry run for people: each request with its level and purpose, then what would stay untested and why. */
export function describeRehearsal(rehearsal: RehearsalReport, look: Look): string {
  const { bold, dim } = paintOf(look);
  const { target, budget, pace, allowed, depth, deeper, requests, leftOut, untested } = rehearsal;
  const masked = requests.some(({ probe }) => probe.startsWith("mask/"));
  const lines = paragraph(
    look,
    "",
    `${bold("Would ask")} ${foreign(target, 120)}: ${counted(requests.length, "request")} of ${number(budget)}${masked ? `; masking: ${depths[depth]}` : ""}`,
  );
  lines.push(
    ...paragraph(
      look,
      "",
      dim(`At ${number(pace)} a minute that takes ${durationOf(requests.length, pace)}. Before each stands its level: ${levels}`),
    ),
  );
  let last = "";
  for (const { probe, level, method, path, as, purpose } of requests) {
    if (probe !== last) lines.push(bold(probe));
    last = probe;
    lines.push(
      ...paragraph(look, `  ${level} `, `${foreign(method, 20)} ${foreign(path, 200)} ${dim(`as ${foreign(as)}: ${foreign(purpose)}`)}`),
    );
  }
  if (leftOut.length > 0) lines.push(bold("Left out"));
  const left = leftOut.map(({ probe, reason, requests }) => ({
    name: requests > 1 ? `${probe} (${number(requests)} requests)` : probe,
    reason,
  }));
  for (const line of byReason(left)) lines.push(...paragraph(look, "  ", line));
  if (untested.length > 0) lines.push(bold("Would stay untested"));
  for (const line of byReason(untested.map(({ name, reason }) => ({ name: foreign(name), reason }))))
    lines.push(...paragraph(look, "  ", line));
  if (allowed > budget)
    lines.push(...paragraph(look, "", `Everything that is allowed takes ${counted(allowed, "request")}: --max-requests ${allowed}.`));
  for (const { depth, requests } of masked ? deeper : [])
    lines.push(
      ...paragraph(look, "", `Masking with ${depths[depth]}: ${counted(requests, "request")} in all (--max-requests ${requests}).`),
    );
  lines.push(dim("Nothing was sent."));
  return `${lines.join("\n")}\n`;
}

const levels = "0 reads, 1 must be refused, 2 may change something, 3 uses up the limit.";

/** `40 s`, `12 min`. */
function durationOf(requests: number, pace: number): string {
  const seconds = Math.ceil((requests * 60) / pace);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

const depths: Readonly<Record<RehearsalReport["depth"], string>> = {
  plain: "GET and HEAD as they are",
  all: "each method and variant",
  timing: "each method and variant, and times",
};
