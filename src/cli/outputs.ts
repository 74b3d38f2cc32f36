import { constants } from "node:fs";
import { access, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Report } from "../model/report.ts";
import { formatReport, formats, unknownFormat } from "../reporters/index.ts";
import type { Look } from "../reporters/look.ts";
import { identityOf } from "./file-identity.ts";
import { type Io, lookOf, lookOfFile, print } from "./io.ts";
import { appendSummary, summaryFile } from "./job-summary.ts";
import { loadOwnReporter, type OwnReporter, pathOfReporter, splitOwnReporter } from "./own-reporter.ts";
import { wayFromRoot } from "./repository-root.ts";
import { UsageError } from "./usage.ts";

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
  return outputs;
}

async function readOutput(text: string, cwd: string): Promise<ReportOutput> {
  const own = formats.has(text.split("=", 1)[0] ?? "") ? undefined : splitOwnReporter(text);
  const equals = text.indexOf("=");
  const format = own?.module ?? (equals < 0 ? text : text.slice(0, equals));
  if (own === undefined && !formats.has(format)) throw new UsageError(unknownFormat(format), "audit");
  const file = own === undefined ? (equals < 0 ? "-" : text.slice(equals + 1)) : (own.file ?? "-");
  if (file === "") throw new UsageError(`--format ${text} names no file. Write it like --format ${format}=report.txt.`, "audit");
  return { format, file: file === "-" ? undefined : file, ...(own && { own: await loadOwnReporter(own.module, cwd) }) };
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
      else await writeFile(resolve(io.cwd, file), await textOf(report, output, { ...lookOfFile, ...around }));
    } catch (error) {
      failure ??= error instanceof UsageError ? error : unwritable(file ?? "standard output", error);
    }
  }
  if (failure !== undefined) throw failure;
}

function textOf(report: Report, { format, own }: ReportOutput, look: Look): string | Promise<string> {
  return own === undefined ? formatReport(report, format, look) : own(report, look);
}

/** Refuses a file that cannot be written; `what` says what was to stand in it. */
export async function checkWritable(file: string, path: string, what = "report"): Promise<void> {
  try {
    const there = await stat(path).catch(() => undefined);
    if (there?.isDirectory()) throw new UsageError(`The ${what} cannot be written to ${file}: it is a folder.`);
    await access(there === undefined ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    throw error instanceof UsageError ? error : unwritable(file, error, what);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist. Make the folder first",
  ENOTDIR: "its folder is not a folder",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the device",
};

function unwritable(file: string, error: unknown, what = "report"): UsageError {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return new UsageError(`The ${what} cannot be written to ${file}: ${reasons[code] ?? (code || message)}.`);
}
