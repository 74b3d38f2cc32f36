import { constants } from "node:fs";
import { access, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Report } from "../model/report.ts";
import { formatReport, formats, unknownFormat } from "../reporters/index.ts";
import { identityOf } from "./file-identity.ts";
import { type Io, lookOf, lookOfFile, print } from "./io.ts";
import { UsageError } from "./usage.ts";

/** One `--format`: a reporter, and where it writes. */
export interface ReportOutput {
  readonly format: string;
  /** As given; undefined = standard output. */
  readonly file: string | undefined;
}

/** Reads `--format NAME` and `--format NAME=FILE`, and makes sure beforehand that each can be written, to a file of its own. */
export async function readOutputs(given: readonly string[], cwd: string): Promise<ReportOutput[]> {
  const outputs = given.map((text): ReportOutput => {
    const equals = text.indexOf("=");
    const format = equals < 0 ? text : text.slice(0, equals);
    if (!formats.has(format)) throw new UsageError(unknownFormat(format), "audit");
    const file = equals < 0 ? "-" : text.slice(equals + 1);
    if (file === "") throw new UsageError(`--format ${text} names no file. Write it like --format ${format}=report.txt.`, "audit");
    return { format, file: file === "-" ? undefined : file };
  });
  const taken = new Set<string>();
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
    if (taken.has(identity)) throw new UsageError(`--format ${format}=${file} would overwrite another report of this very command.`);
    taken.add(identity);
  }
  return outputs;
}

/** Writes every output it can; then throws for the first that it could not. */
export async function writeOutputs(report: Report, outputs: readonly ReportOutput[], io: Io): Promise<void> {
  let failure: unknown;
  for (const { format, file } of outputs) {
    try {
      if (file === undefined) await print(io.stdout, formatReport(report, format, lookOf(io.stdout, io.env)));
      else await writeFile(resolve(io.cwd, file), formatReport(report, format, lookOfFile));
    } catch (error) {
      failure ??= unwritable(file ?? "standard output", error);
    }
  }
  if (failure !== undefined) throw failure;
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
