import type { Report } from "../model/report.ts";
import { nearestName } from "../syntax/nearest.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import type { Look, Reporter } from "./look.ts";
import { pretty } from "./pretty.ts";

/** A way to write a report. */
export interface Format {
  /** What it is for, in a few words. */
  readonly summary: string;
  readonly write: Reporter;
  /** It shows exchanges themselves (`Report.exchanges`), for which captures are read once more. */
  readonly showsExchanges?: boolean;
}

/** Every format by its name. */
export const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ["pretty", { summary: "for people at a terminal", write: pretty }],
  ["json", { summary: "for programs (schemas/report.schema.json)", write: json }],
  ["html", { summary: "for reviewers, in a browser: one file", write: html, showsExchanges: true }],
]);

/**
 * A report as text.
 *
 * @param name `pretty`, `json` or another of the formats.
 * @param look [no colour, 80 columns]
 * @throws RangeError for a name there is no format of.
 */
export function formatReport(report: Report, name = "pretty", look: Look = { color: false, width: 80 }): string {
  const format = formats.get(name);
  if (format === undefined) throw new RangeError(unknownFormat(name));
  return format.write(report, look);
}

/** Says that there is no such format, and which ones there are. */
export function unknownFormat(name: string): string {
  const near = nearestName(name, formats.keys());
  return `There is no format "${name}".${near === undefined ? "" : ` Did you mean "${near}"?`} Formats: ${[...formats.keys()].join(", ")}.`;
}
