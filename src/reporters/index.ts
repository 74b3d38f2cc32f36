import type { Report } from "../model/report.ts";
import { type FormatName, formats, unknownFormat } from "./formats.ts";
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

const reporters: Readonly<Record<FormatName, Reporter>> = { pretty, json, ndjson, markdown, github, sarif, gitlab, junit, html };

/**
 * A report as text.
 *
 * @param name `pretty`, `json` or another of the formats.
 * @param look [no colour, 80 columns]
 * @throws RangeError for a name there is no format of.
 */
export function formatReport(report: Report, name = "pretty", look: Look = { color: false, width: 80 }): string {
  if (!formats.has(name)) throw new RangeError(unknownFormat(name));
  return reporters[name as FormatName](report, look);
}
