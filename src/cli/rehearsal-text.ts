import type { RehearsalReport } from "../probe.ts";
import { counted, foreign, number, paragraph } from "../reporters/layout.ts";
import { type Look, paintOf } from "../reporters/look.ts";

/** A dry run for people: each request with its level and purpose, then what would stay untested and why. */
export function describeRehearsal(rehearsal: RehearsalReport, look: Look): string {
  const { bold, dim } = paintOf(look);
  const { target, budget, allowed, depth, requests, leftOut, untested } = rehearsal;
  const masked = requests.some(({ probe }) => probe.startsWith("mask/"));
  const lines = paragraph(
    look,
    "",
    `${bold("Would ask")} ${foreign(target, 120)}: ${counted(requests.length, "request")} of ${number(budget)}${masked ? `; masking: ${depths[depth]}` : ""}`,
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
  for (const { probe, reason, requests } of leftOut)
    lines.push(...paragraph(look, "  ", `${probe}: ${requests > 0 ? `${counted(requests, "request")}: ` : ""}${foreign(reason)}`));
  if (untested.length > 0) lines.push(bold("Would stay untested"));
  for (const { name, reason } of untested) lines.push(...paragraph(look, "  ", `${foreign(name)}: ${foreign(reason)}`));
  if (allowed > budget)
    lines.push(...paragraph(look, "", `Everything that is allowed takes ${counted(allowed, "request")}: --max-requests ${allowed}.`));
  lines.push(dim("Nothing was sent."));
  return `${lines.join("\n")}\n`;
}

const depths: Readonly<Record<RehearsalReport["depth"], string>> = {
  plain: "GET and HEAD as they are",
  all: "each method and variant",
  timing: "each method and variant, and times",
};
