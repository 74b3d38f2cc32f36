import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { rules } from "../../rules/index.ts";
import { audit, exitCodeOf } from "../audit.ts";
import type { Report } from "../model/report.ts";
import { verdictOf } from "../reporters/verdict.ts";
import { visible } from "../syntax/terminal-text.ts";
import { type AuditArguments, readSettings } from "./audit-options.ts";
import { commandNames } from "./command-words.ts";
import { refuseStandardInput } from "./contract-file.ts";
import { type Io, print } from "./io.ts";
import { type ReportOutput, readOutputs, writeOutputs } from "./outputs.ts";
import { refuseOverwriting } from "./overwriting.ts";
import { drawProgress } from "./progress.ts";
import { didYouMean, UsageError } from "./usage.ts";

/** `envelint audit`: judges captures, writes the reports. */
export async function run(given: AuditArguments, io: Io): Promise<number> {
  const captures = given.captures ?? [];
  const settings = readSettings(given, rules);
  if (captures.length === 0)
    throw new UsageError(
      "Give a capture to judge: a HAR file, a glob, a folder, or - for standard input, as in envelint traffic.har.",
      "audit",
    );
  refuseStandardInput(given.contract);
  checkMistakenCommand(captures, io.cwd);
  const outputs = await readOutputs(given.format ?? ["pretty"], io.cwd);
  await refuseOverwriting(outputs, { captures, contract: given.contract }, io);

  const progress = given.quiet ? undefined : drawProgress(io);
  const report = await audit(captures, {
    ...settings,
    cwd: io.cwd,
    ...(captures.includes("-") && { stdin: io.stdin }),
    ...(progress && { onProgress: progress.draw }),
  }).finally(() => progress?.done());

  await writeOutputs(report, outputs, io);
  const exitCode = exitCodeOf(report);
  if (!given.quiet) await summarise(report, outputs, exitCode, io);
  return exitCode;
}

/** Says on standard error what no text on standard output says. */
async function summarise(report: Report, outputs: readonly ReportOutput[], exitCode: number, io: Io): Promise<void> {
  const shown = outputs.find((output) => output.file === undefined);
  if (shown?.format === "pretty" || (shown !== undefined && exitCode < 2)) return;
  const [reason] = report.unjudged;
  const files = outputs.flatMap((output) => output.file ?? []);
  const where = files.length === 0 ? "" : ` (${files.join(", ")})`;
  await print(io.stderr, `envelint: ${visible(`${verdictOf(report)}${reason === undefined ? "" : `: ${reason}`}${where}`)}\n`);
}

/** `envelint rulse` is taken for a capture; say so where there is none of that name. */
function checkMistakenCommand([first = ""]: readonly string[], cwd: string): void {
  if (!/^[a-z]+$/.test(first) || existsSync(resolve(cwd, first))) return;
  const meant = didYouMean(first, commandNames, (near) => `the command "${near}"`);
  throw new UsageError(`There is no command and no capture "${first}".${meant}`, "audit");
}
