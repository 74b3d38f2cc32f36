import { resolve } from "node:path";
import { exitCodeOf } from "../audit.ts";
import type { Report } from "../model/report.ts";
import type { AuditOptions } from "../options/options.ts";
import { showExchanges } from "../reporters/formats.ts";
import { verdictOf } from "../reporters/verdict.ts";
import { uncommanded } from "../reporters/workflow-commands.ts";
import { visible } from "../syntax/terminal-text.ts";
import type { AuditArguments } from "./audit-options.ts";
import { refuseStandardInput } from "./contract-file.ts";
import { type Io, print } from "./io.ts";
import { type ReportOutput, readOutputs, writeOutputs } from "./outputs.ts";
import { refuseOverwriting } from "./overwriting.ts";
import { drawProgress } from "./progress.ts";
import { checkWritable } from "./writable.ts";

/** What the judging of captures needs of the command line. */
type Surroundings = Pick<AuditOptions, "cwd" | "stdin" | "onProgress" | "exchanges">;

let judged = false;

/** Whether this process has judged captures: only then is what was compiled in it what most runs need. */
export function hasJudged(): boolean {
  return judged;
}

/** Judges captures and writes the reports. Where they go is checked before anything is read. Gives the exit code. */
export async function reportRun(
  given: AuditArguments,
  captures: readonly string[],
  io: Io,
  judge: (surroundings: Surroundings) => Promise<Report>,
): Promise<number> {
  refuseStandardInput(given.contract);
  const outputs = await readOutputs(given.format ?? ["pretty"], io.cwd);
  const { baseline, config } = given;
  const files = [baseline, config].filter((file) => file !== undefined);
  await refuseOverwriting(outputs, { captures, contract: given.contract, files }, io);
  if (given["update-baseline"] && baseline !== undefined) await checkWritable(baseline, resolve(io.cwd, baseline), "baseline");

  const progress = given.quiet ? undefined : drawProgress(io);
  const report = await judge({
    cwd: io.cwd,
    ...(captures.includes("-") && { stdin: io.stdin }),
    ...(progress && { onProgress: progress.draw }),
    // A merge cannot read captures again: a part shows what any format may ask for.
    ...((given.shard !== undefined || showExchanges(outputs.map(({ format }) => format))) && { exchanges: true }),
  }).finally(() => progress?.done());

  judged = true;
  await writeOutputs(report, outputs, io);
  const exitCode = exitCodeOf(report);
  if (!given.quiet) await summarise(report, outputs, exitCode, io);
  return exitCode;
}

/** Says on standard error what no text on standard output says. */
export async function summarise(report: Report, outputs: readonly ReportOutput[], exitCode: number, io: Io): Promise<void> {
  const shown = outputs.find((output) => output.file === undefined);
  if (shown?.format === "pretty" || (shown !== undefined && exitCode < 2)) return;
  const [reason] = report.unjudged;
  const files = outputs.flatMap((output) => output.file ?? []);
  const where = files.length === 0 ? "" : ` (${files.join(", ")})`;
  await print(io.stderr, `envelint: ${uncommanded(visible(`${verdictOf(report)}${reason === undefined ? "" : `: ${reason}`}${where}`))}\n`);
}
