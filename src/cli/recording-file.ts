import { resolve } from "node:path";
import { loadContract } from "../contract/load.ts";
import { filesOf } from "../contract/make.ts";
import { identityOf } from "./file-identity.ts";
import type { Io } from "./io.ts";
import type { ProbeArguments } from "./probe-arguments.ts";
import { UsageError } from "./usage.ts";
import { checkWritable } from "./writable.ts";

/** Refuses a recording that cannot be written, or that would be written over what the command reads. */
export async function checkRecording(
  file: string,
  {
    plan = "",
    contract,
    config,
    baseline,
    ca,
    format = [],
    command = "probe",
  }: Pick<ProbeArguments, "plan" | "contract" | "config" | "format"> & {
    readonly baseline?: string;
    readonly ca?: string;
    readonly command?: string;
  },
  io: Io,
): Promise<void> {
  if (file === "-") throw new UsageError("--record writes a file: give it a name, such as run.har.", command);
  const path = resolve(io.cwd, file);
  const reports = format.flatMap((text) => (text.includes("=") ? [text.slice(text.indexOf("=") + 1)] : []));
  if (reports.some((report) => resolve(io.cwd, report) === path))
    throw new UsageError(`--record ${file} and --format name the same file. Give each its own.`);
  await checkWritable(file, path, "recording");
  const identity = await identityOf(path);
  if (identity === undefined) return;
  for (const name of [plan, contract, config, baseline, ca].flatMap((each) => (each === undefined || each === "" ? [] : [each])))
    if ((await identityOf(resolve(io.cwd, name))) === identity)
      throw new UsageError(`--record ${file} would overwrite ${name}, which this command reads. Give the recording another file.`);
  for (const read of contract === undefined ? [] : filesOf(await loadContract(contract, { cwd: io.cwd })))
    if ((await identityOf(read)) === identity)
      throw new UsageError(`--record ${file} would overwrite a file that the contract extends. Give the recording another file.`);
}
