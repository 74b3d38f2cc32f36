import { writeFile } from "node:fs/promises";
import { resolve, sep } from "node:path";
import type { Report } from "../model/report.ts";
import { formats, unknownFormat, writeReport } from "../reporters/formats.ts";
import type { Look } from "../reporters/look.ts";
import { identityOf } from "./file-identity.ts";
import { type Io, lookOf, lookOfFile, print } from "./io.ts";
import { appendSummary, summaryFile } from "./job-summary.ts";
import { loadOwnReporter, type OwnReporter, pathOfReporter, splitOwnReporter } from "./own-reporter.ts";
import { wayFromRoot } from "./repository-root.ts";
import { UsageError } from "./usage.ts";
import { checkWritable, makeFolderOf, unwritable } from "./writable.ts";

/** One `--format`: a reporter, and where it writes. */
export interface ReportOutput {
  /** A name, or the path of a reporter of the user's own, as given. */
  readonly format: string;
  /** As given; undefined = standard output. */
  readonly file: string | undefined;
  /** The user's own reporter. */
  readonly own?: OwnReporter;
}

/**
 * Reads `--format NAME`, `--format NAME=FILE` and `--format ./reporter.mjs=FILE`, loads reporters of the user's own, and makes sure beforehand that
 * each report can be written, to a file of its own.
 */
export async function readOutputs(given: readonly string[], cwd: string): Promise<ReportOutput[]> {
  const outputs: ReportOutput[] = [];
  for (const text of given) outputs.push(await readOutput(text, cwd));
  const taken = new Map<string, string>();
  for (const { format, own } of outputs) {
    const identity = own && (await identityOf(pathOfReporter(format, cwd)));
    if (identity !== undefined) taken.set(identity, "a reporter");
  }
  let free = true;
  for (const { format, file } of outputs) {
    if (file === undefined) {
      if (!free)
        throw new UsageError("Only one format can go to standard output. Give the others a file: --format json=report.json.", "audit");
      free = false;
      continue;
    }
    const path = resolve(cwd, file);
    await checkWritable(file, path);
    const identity = await identityOf(path);
    if (identity === undefined) continue;
    if (taken.has(identity))
      throw new UsageError(`--format ${format}=${file} would overwrite ${taken.get(identity)} of this very command.`);
    taken.set(identity, "another report");
  }
  refuseFilesAsFolders(outputs, cwd);
  return outputs;
}

/** A report's file cannot be the folder of another's, which is made when that is written. */
function refuseFilesAsFolders(outputs: readonly ReportOutput[], cwd: string): void {
  const written = outputs.flatMap(({ format, file }) =>
    file === undefined ? [] : [{ text: `--format ${format}=${file}`, path: resolve(cwd, file) }],
  );
  for (const { text, path } of written) {
    const within = written.find((other) => other.path.startsWith(`${path}${sep}`));
    if (within !== undefined) throw new UsageError(`${text} would be a file where ${within.text} needs a folder.`);
  }
}

/** Parts `NAME`, `NAME=FILE` and `./reporter.mjs=FILE`; undefined where no file is named. */
export function splitFormat(text: string): { readonly format: string; readonly file: string | undefined; readonly isOwn: boolean } {
  const own = formats.has(text.split("=", 1)[0] ?? "") ? undefined : splitOwnReporter(text);
  if (own !== undefined) return { format: own.module, file: own.file, isOwn: true };
  const equals = text.indexOf("=");
  return { format: equals < 0 ? text : text.slice(0, equals), file: equals < 0 ? undefined : text.slice(equals + 1), isOwn: false };
}

async function readOutput(text: string, cwd: string): Promise<ReportOutput> {
  const { format, file, isOwn } = splitFormat(text);
  if (!isOwn && !formats.has(format)) throw new UsageError(unknownFormat(format), "audit");
  if (file === "") {
    const extension = formats.get(format)?.extension ?? "txt";
    throw new UsageError(`--format ${text} names no file. Write it like --format ${format}=report.${extension}.`, "audit");
  }
  return { format, file: file === "-" ? undefined : file, ...(isOwn && { own: await loadOwnReporter(format, cwd) }) };
}

/** Writes every output it can, and for `github` the job's summary; then throws for the first that it could not. */
export async function writeOutputs(report: Report, outputs: readonly ReportOutput[], io: Io): Promise<void> {
  let failure: unknown;
  const summary = outputs.some(({ format }) => format === "github") ? summaryFile(io) : undefined;
  // Annotations say where the rest stands: only what is written is somewhere.
  let hasSummary = false;
  if (summary !== undefined)
    try {
      await appendSummary(report, summary);
      hasSummary = true;
    } catch (error) {
      failure = unwritable(summary, error, "job's summary");
    }
  const around = { root: wayFromRoot(io), hasSummary };
  for (const output of outputs) {
    const { file } = output;
    try {
      if (file === undefined) await print(io.stdout, await textOf(report, output, { ...lookOf(io.stdout, io.env), ...around }));
      else {
        const text = await textOf(report, output, { ...lookOfFile, ...around });
        await makeFolderOf(resolve(io.cwd, file));
        await writeFile(resolve(io.cwd, file), text);
      }
    } catch (error) {
      failure ??= error instanceof UsageError ? error : unwritable(file ?? "standard output", error);
    }
  }
  if (failure !== undefined) throw failure;
}

function textOf(report: Report, { format, own }: ReportOutput, look: Look): Promise<string> {
  return own === undefined ? writeReport(report, format, look) : own(report, look);
}
