import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "./usage.ts";

/** A contract names itself in findings and may extend others, so that it must be a file. */
export function refuseStandardInput(file: string | undefined): void {
  if (file === "-") throw new UsageError("A contract cannot be read from standard input. Give its file.");
}

/** Makes sure that a contract can be read at all: a file that is not there is not a faulty contract. */
export async function checkReadable(file: string, cwd: string): Promise<void> {
  if (file.startsWith("builtin:")) return;
  refuseStandardInput(file);
  const path = resolve(cwd, file);
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) throw new UsageError(`There is no contract ${file}.`);
  if (there.isDirectory()) throw new UsageError(`${file} is a folder; give the contract's file.`);
  await access(path, constants.R_OK).catch(() => {
    throw new UsageError(`The contract ${file} cannot be read: permission is denied.`);
  });
}
