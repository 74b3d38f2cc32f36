import type { Report } from "../model/report.ts";
import { nearestName } from "../syntax/nearest.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import type { Look, Reporter } from "./look.ts";
import { markdown } from "./markdown.ts";
import { ndjson } from "./ndjson.ts";
import { pretty } from "./pretty.ts";
import { sarif } from "./sarif.ts";

/** A way to write a report. */
export interface Format {
  /** What it is for, in a few words. */
  readonly summary: string;
  readonly write: Reporter;
  /** What its files are usually called by: `sarif`. */
  readonly extension: string;
  /** It shows exchanges themselves (`Report.exchanges`), for which captures are read once more. */
  readonly showsExchanges?: boolean;
}

/** Every format by its name. */
export const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ["pretty", { summary: "for people at a terminal", write: pretty, extension: "txt" }],
  ["json", { summary: "for programs (schemas/report.schema.json)", write: json, extension: "json" }],
  ["ndjson", { summary: "for log pipelines: a line a finding, a summary last", write: ndjson, extension: "ndjson" }],
  ["markdown", { summary: "for a pull request's comment or a job's summary", write: markdown, extension: "md" }],
  ["github", { summary: "for GitHub Actions: annotations, and the job's summary", write: github, extension: "txt" }],
  ["sarif", { summary: "for code scanning: SARIF 2.1.0", write: sarif, extension: "sarif", showsExchanges: true }],
  ["gitlab", { summary: "for GitLab's merge requests: a Code Quality report", write: gitlab, extension: "json" }],
  ["junit", { summary: "for a CI's test tab: a case a promise", write: junit, extension: "xml" }],
  ["html", { summary: "for reviewers, in a browser: one file", write: html, extension: "html", showsExchanges: true }],
]);

/** Does any of these formats show exchanges themselves? Names of others, and of reporters by path, do not. */
export function showExchanges(names: Iterable<string>): boolean {
  return [...names].some((name) => formats.get(name)?.showsExchanges === true);
}

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
