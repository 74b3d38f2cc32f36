import { constants } from "node:fs";
import { access, lstat, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "./usage.ts";

/** Refuses a file that cannot be written; `what` says what was to stand in it. A folder that is not there must be one that can be made. */
export async function checkWritable(file: string, path: string, what = "report"): Promise<void> {
  try {
    const there = await stat(path).catch(() => undefined);
    if (there?.isDirectory()) throw new UsageError(`The ${what} cannot be written to ${file}: it is a folder.`);
    await access(there === undefined ? await folderAbove(path) : path, constants.W_OK);
  } catch (error) {
    throw error instanceof UsageError ? error : unwritable(file, error, what);
  }
}

/**
 * The nearest folder above a path that is there.
 *
 * @throws ENOTDIR where something else is in its place, a link that leads nowhere among it.
 */
export async function folderAbove(path: string): Promise<string> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const there = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (there === undefined && folder !== dirname(folder)) continue;
    if ((await stat(folder).catch(() => undefined))?.isDirectory()) return folder;
    throw Object.assign(new Error(`${folder} is not a folder`), { code: "ENOTDIR" });
  }
}

/** Makes the folder that a file is to stand in, and those above it. */
export async function makeFolderOf(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist. Make the folder first",
  ENOTDIR: "what should be its folder is not a folder",
  EEXIST: "what should be its folder is not a folder",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the device",
};

/** Why a file cannot be written, in words. */
export function unwritable(file: string, error: unknown, what = "report"): UsageError {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return new UsageError(`The ${what} cannot be written to ${file}: ${reasons[code] ?? (code || message)}.`);
}
