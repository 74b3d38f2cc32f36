import { resolve } from "node:path";
import { loadContract } from "../contract/load.ts";
import { filesOf } from "../contract/make.ts";
import { findTargets } from "../sources/targets.ts";
import { identityOf, identityOfStream } from "./file-identity.ts";
import type { Io } from "./io.ts";
import type { ReportOutput } from "./outputs.ts";
import { UsageError } from "./usage.ts";

/** What a command reads, as the user gave it. */
interface Inputs {
  readonly captures: readonly string[];
  /** undefined = the one that ships; null = it reads none. */
  readonly contract: string | undefined | null;
  /** Other files that it reads, or brings up to date: a baseline. */
  readonly files?: readonly string[];
}

/** Refuses a report that would be written over what is read: a capture, the contract or one it extends, a baseline; by whatever name or link. */
export async function refuseOverwriting(outputs: readonly ReportOutput[], inputs: Inputs, io: Io): Promise<void> {
  const written = outputs.filter(({ file }) => file !== undefined);
  if (written.length === 0) return;
  const read = await findInputs(inputs, io);
  for (const { format, file = "" } of written) {
    const path = resolve(io.cwd, file);
    const identity = await identityOf(path);
    const name = identity === undefined ? inputs.files?.find((other) => resolve(io.cwd, other) === path) : read.get(identity);
    if (name !== undefined)
      throw new UsageError(`--format ${format}=${file} would overwrite ${name}, which this command reads. Give the report another file.`);
  }
}

/** The files that are read, by identity: as the user knows them. */
async function findInputs({ captures, contract, files = [] }: Inputs, io: Io): Promise<Map<string, string>> {
  const read = new Map<string, string>();
  const add = (identity: string | undefined, name: string) => {
    if (identity !== undefined) read.set(identity, name);
  };
  for (const path of contract === null ? [] : filesOf(await loadContract(contract, { cwd: io.cwd })))
    add(await identityOf(path), "the contract or a file it extends");
  for (const file of files) add(await identityOf(resolve(io.cwd, file)), file);
  const { targets } = await findTargets(captures, io.cwd);
  for (const { path, name } of targets)
    add(path === undefined ? identityOfStream(io.stdin) : await identityOf(path), path === undefined ? "standard input" : name);
  return read;
}
