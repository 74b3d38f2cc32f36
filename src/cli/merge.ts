import { exitCodeOf } from "../audit.ts";
import { merge } from "../merge.ts";
import { type AuditArguments, readBaselineOptions } from "./audit-options.ts";
import type { Io } from "./io.ts";
import { readOutputs, writeOutputs } from "./outputs.ts";
import { refuseOverwriting } from "./overwriting.ts";
import { summarise } from "./report-run.ts";
import { settle } from "./settle.ts";
import { UsageError } from "./usage.ts";

/** What yargs makes of `envelint merge`. */
interface MergeArguments
  extends Pick<AuditArguments, "config" | "no-config" | "baseline" | "update-baseline" | "accept-new" | "fail-on" | "format" | "quiet"> {
  readonly parts?: readonly string[];
}

/** `envelint merge`: makes one report of the parts of a whole. */
export async function run({ parts = [], ...words }: MergeArguments, io: Io): Promise<number> {
  if (parts.length === 0)
    throw new UsageError("Give the parts: JSON reports of envelint audit --shard I/N, as in envelint merge part*.json.", "merge");
  const { given, settings: inForce } = await settle(words, io, "merge");
  const { baseline, config } = given;
  const { failOn } = inForce;
  const settings = { ...readBaselineOptions(given), ...(failOn !== undefined && { failOn }), ...(config !== undefined && { config }) };
  const outputs = await readOutputs(given.format ?? ["pretty"], io.cwd);
  const files = [...parts, ...[baseline, config].filter((file) => file !== undefined)];
  await refuseOverwriting(outputs, { captures: [], contract: null, files }, io);
  const report = await merge(parts, { ...settings, cwd: io.cwd });
  await writeOutputs(report, outputs, io);
  const exitCode = exitCodeOf(report);
  if (!given.quiet) await summarise(report, outputs, exitCode, io);
  return exitCode;
}
