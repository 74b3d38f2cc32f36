import { diff } from "../diff.ts";
import type { AuditArguments } from "./audit-options.ts";
import type { Io } from "./io.ts";
import { reportRun } from "./report-run.ts";
import { settle } from "./settle.ts";
import { UsageError } from "./usage.ts";

/** What yargs makes of `envelint diff`. */
export interface DiffArguments extends Omit<AuditArguments, "captures" | "subject" | "require" | "min-coverage" | "together" | "shard"> {
  readonly before?: string;
  readonly after?: string;
}

/** `envelint diff`: compares the captures of before and after a change, writes the reports. */
export async function run({ before, after, ...words }: DiffArguments, io: Io): Promise<number> {
  try {
    const { given, settings } = await settle(words, io, "diff");
    if (before === undefined || after === undefined) throw usage(`Give two captures, ${form}.`);
    if (before === "-" && after === "-") throw usage("Standard input can be one side, not both.");
    return await reportRun(given, [before, after], io, (surroundings) => diff(before, after, { ...settings, ...surroundings }));
  } catch (error) {
    // The options are shared with the audit, their help is not.
    throw error instanceof UsageError && error.helpOf === "audit" ? usage(error.message) : error;
  }
}

const form = "as in envelint diff before.har after.har; each may be a file, a folder or a quoted glob";

function usage(message: string): UsageError {
  return new UsageError(message, "diff");
}
