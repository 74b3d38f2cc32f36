import type { Report } from "../model/report.ts";
import { nearestName } from "../syntax/nearest.ts";
import type { Look, Reporter } from "./look.ts";

/** A way to write a report. */
export interface Format {
  /** What it is for, in a few words. */
  readonly summary: string;
  /** What its files are usually called by: `sarif`. */
  readonly extension: string;
  /** It shows exchanges themselves (`Report.exchanges`), for which captures are read once more. */
  readonly showsExchanges?: boolean;
  /** Most runs need one format, and some are as large as all rules. */
  load(): Promise<Reporter>;
}

const table = {
  pretty: { summary: "for people at a terminal", extension: "txt", load: async () => (await import("./pretty.ts")).pretty },
  json: {
    summary: "for programs (schemas/report.schema.json)",
    extension: "json",
    load: async () => (await import("./json.ts")).json,
  },
  ndjson: {
    summary: "for log pipelines: a line a finding, a summary last",
    extension: "ndjson",
    load: async () => (await import("./ndjson.ts")).ndjson,
  },
  markdown: {
    summary: "for a pull request's comment or a job's summary",
    extension: "md",
    load: async () => (await import("./markdown.ts")).markdown,
  },
  github: {
    summary: "for GitHub Actions: annotations, and the job's summary",
    extension: "txt",
    load: async () => (await import("./github.ts")).github,
  },
  sarif: {
    summary: "for code scanning: SARIF 2.1.0",
    extension: "sarif",
    showsExchanges: true,
    load: async () => (await import("./sarif.ts")).sarif,
  },
  gitlab: {
    summary: "for GitLab's merge requests: a Code Quality report",
    extension: "json",
    load: async () => (await import("./gitlab.ts")).gitlab,
  },
  junit: { summary: "for a CI's test tab: a case a promise", extension: "xml", load: async () => (await import("./junit.ts")).junit },
  html: {
    summary: "for reviewers, in a browser: one file",
    extension: "html",
    showsExchanges: true,
    load: async () => (await import("./html.ts")).html,
  },
} satisfies Record<string, Format>;

export type FormatName = keyof typeof table;

/** Every format by its name. */
export const formats: ReadonlyMap<string, Format> = new Map(Object.entries(table));

/** A report as text in one of the formats, of which only that one is loaded. */
export async function writeReport(report: Report, name: string, look: Look): Promise<string> {
  const format = formats.get(name);
  if (format === undefined) throw new RangeError(unknownFormat(name));
  return (await format.load())(report, look);
}

/** Does any of these formats show exchanges themselves? Names of others, and of reporters by path, do not. */
export function showExchanges(names: Iterable<string>): boolean {
  return [...names].some((name) => formats.get(name)?.showsExchanges === true);
}

/** Says that there is no such format, and which ones there are. */
export function unknownFormat(name: string): string {
  const near = nearestName(name, formats.keys());
  return `There is no format "${name}".${near === undefined ? "" : ` Did you mean "${near}"?`} Formats: ${[...formats.keys()].join(", ")}.`;
}
