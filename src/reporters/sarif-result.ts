import type { Location, Result } from "sarif";
import type { Finding, Sample } from "../model/finding.ts";
import { describePlace } from "../model/place.ts";
import type { Report } from "../model/report.ts";
import { clipped } from "./clipped.ts";
import { counted } from "./layout.ts";
import type { Look } from "./look.ts";
import { locate } from "./sarif-uri.ts";
import { toldAt } from "./told-at.ts";

/** Exchanges that a result lists; a consumer shows 100 at most, and nobody reads so many. */
const mostRelated = 20;

/** What the gate makes of a finding. */
export type Standing =
  | { readonly is: "new" }
  | { readonly is: "known"; readonly baseline: string }
  | { readonly is: "ignored"; readonly reason: string };

/** A finding as a result. */
export function resultOf(finding: Finding, standing: Standing, ruleIndex: number, report: Report, look: Look): Result {
  const { rule, note, severity, subject, row, operation, fingerprint, count, samples } = finding;
  const place = toldAt(finding, report);
  const related = samples.slice(0, mostRelated).map((sample, index): Location => ({ id: index + 1, ...sightOf(sample, look) }));
  return {
    ruleId: rule,
    ruleIndex,
    kind: "fail",
    level: severity,
    message: { text: messageOf(finding) },
    locations: [
      {
        ...locate(place, look),
        ...(operation !== "other" && { logicalLocations: [{ name: clipped(operation, 200), kind: "function" }] }),
      },
    ],
    ...(related.length > 0 && { relatedLocations: related }),
    // GitHub tracks an alert by the second alone; without it, findings of one rule and row in several operations would be one.
    partialFingerprints: { "envelint/v1": fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
    occurrenceCount: Math.max(1, count),
    ...standingOf(standing, report),
    properties: { note, subject, operation: clipped(operation, 200), row: row === null ? null : clipped(row, 200) },
  };
}

/** Only beside a baseline is anything new. */
function standingOf(standing: Standing, { baseline }: Report): Pick<Result, "baselineState" | "suppressions"> {
  switch (standing.is) {
    case "new":
      return baseline === undefined ? {} : { baselineState: "new" };
    case "known":
      return {
        baselineState: "unchanged",
        suppressions: [{ kind: "external", status: "accepted", justification: clipped(`Listed in ${standing.baseline}.`, 500) }],
      };
    case "ignored":
      return { suppressions: [{ kind: "external", status: "accepted", justification: clipped(standing.reason, 1_000) }] };
  }
}

/** The first sentence is the alert's title; what was promised and what was there follow, then where the first sight of it is. */
function messageOf({ message, advice, count, operation, samples: [first] }: Finding): string {
  const parts = [plain(message, 500)];
  const where = operation === "other" ? "" : ` in ${plain(operation, 100)}`;
  if (first !== undefined) {
    const sight = `[entry ${first.entry} of ${plain(first.capture, 120).replace(/[[\]]/g, " ")}](1)`;
    parts.push(count === 1 ? `Seen once${where}: ${sight}.` : `Seen ${counted(count, "time")}${where}, first in ${sight}.`);
    if (first.expected !== "") parts.push(`Expected: ${plain(first.expected, 300)}.`);
    if (first.found !== "") parts.push(`Found: ${plain(first.found, 300)}.`);
  }
  if (advice !== "") parts.push(plain(advice, 500));
  return parts.join(" ");
}

/** A foreign text that no viewer takes for a link: `[text](address)` is one in every SARIF message. */
export function plain(text: string, longest: number): string {
  return clipped(text, longest).replaceAll("](", "] (") || "(no text)";
}

function sightOf(sample: Sample, look: Look): Location {
  const { capture, entry, line, method, url, status, place } = sample;
  const text = `Entry ${entry}: ${plain(`${method} ${url}`, 500)} ${status === 0 ? "(no answer)" : status}, ${plain(describePlace(place), 200)}`;
  return locate({ file: capture, line: Math.max(1, line ?? 1) }, look, text);
}
