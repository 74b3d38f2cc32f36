import type { Report } from "../model/report.ts";
import { nearestName } from "../syntax/nearest.ts";
import { json } from "./json.ts";
import type { Look, Reporter } from "./look.ts";
import { pretty } from "./pretty.ts";

/** Every reporter by its name. */
export const reporters: ReadonlyMap<string, Reporter> = new Map<string, Reporter>([
  ["pretty", pretty],
  ["json", json],
]);

/**
 * A report as text.
 *
 * @param name `pretty` or `json`.
 * @param look [no colour, 80 columns]
 * @throws RangeError for a name there is no reporter of.
 */
export function formatReport(report: Report, name = "pretty", look: Look = { color: false, width: 80 }): string {
  const reporter = reporters.get(name);
  if (reporter === undefined) throw new RangeError(unknownFormat(name));
  return reporter(report, look);
}

/** Says that there is no such format, and which ones there are. */
export function unknownFormat(name: string): string {
  const near = nearestName(name, reporters.keys());
  return `There is no format "${name}".${near === undefined ? "" : ` Did you mean "${near}"?`} Formats: ${[...reporters.keys()].join(", ")}.`;
}
