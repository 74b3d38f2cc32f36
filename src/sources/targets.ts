import { existsSync, realpathSync, type Stats, statSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { CaptureFault } from "../model/capture.ts";
import { lazily } from "../syntax/lazily.ts";
import { nearestName } from "../syntax/nearest.ts";

/** A capture to read. */
export interface Target {
  /** As reports name it. */
  readonly name: string;
  /** Absolute; undefined = the standard input. */
  readonly path: string | undefined;
  /** What makes two targets one. */
  readonly key: string;
  /** False for pipes and the like: there is no second reading. */
  readonly rereadable: boolean;
  /** Bytes on the disk; undefined where unknown. */
  readonly size: number | undefined;
}

/** The captures that the user's words mean, and those words that mean none. */
export interface Targets {
  readonly targets: readonly Target[];
  readonly faults: readonly CaptureFault[];
}

/** Captures by their names; those that cannot be read (archives, JSONP) are named with what to do rather than passed over. */
const inFolders = /\.(?:(?:har|ndjson|jsonl)(?:\.gz)?|har\.zip|harp)$/i;

/** Finds files, globs, folders and "-"; each capture once, in the order asked for, sorted within a glob or folder. */
export async function findTargets(words: readonly string[], cwd: string): Promise<Targets> {
  const found = new Map<string, Target>();
  const faults: CaptureFault[] = [];
  for (const word of words) {
    if (word === "") {
      faults.push(emptyName);
      continue;
    }
    try {
      const unreadables: CaptureFault[] = [];
      const targets = await findTarget(word, cwd, unreadables);
      if (targets.length === 0 && unreadables.length === 0) faults.push(await nothingFound(word, cwd));
      faults.push(...unreadables);
      for (const target of targets) if (!found.has(target.key)) found.set(target.key, target);
    } catch (error) {
      faults.push(unreadable(word, error));
    }
  }
  return { targets: [...found.values()], faults };
}

/** It would stand for the working directory, which nobody meant. */
const emptyName: CaptureFault = {
  capture: '""',
  severity: "error",
  message: "an empty name is no capture",
  advice: "check the shell variable it comes from; the working directory is .",
};

async function findTarget(word: string, cwd: string, faults: CaptureFault[]): Promise<Target[]> {
  if (word === "-") return [{ name: "<stdin>", path: undefined, key: "-", rereadable: false, size: undefined }];
  const path = resolve(cwd, word);
  const about = look(path);
  if (about?.isDirectory()) {
    const files = await listFolder(path, (folder, error) => faults.push(unreadable(nameOf(folder, cwd), error, "folder")));
    return files.map((file) => describe(file, cwd));
  }
  if (about !== undefined) return [describe(path, cwd)];
  if (!/[*?[\]{}()!]/.test(word)) return [];
  const files = await lazily.glob()(sep === "\\" ? word.replaceAll("\\", "/") : word, { cwd, absolute: true, onlyFiles: true });
  return files.sort(compare).map((file) => describe(file, cwd));
}

/** What stands at a path; undefined where nothing does. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** The captures in a folder; a folder in it that cannot be read does not hide the others. */
async function listFolder(folder: string, onUnreadable: (folder: string, error: unknown) => void): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    onUnreadable(folder, error);
    return [];
  });
  for (const entry of entries.sort((a, b) => compare(a.name, b.name))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules" && entry.name !== ".git") files.push(...(await listFolder(path, onUnreadable)));
      continue;
    }
    const named = inFolders.test(entry.name) || (/\.json$/i.test(entry.name) && (await beginsAsHar(path)));
    // A pipe in a folder would be waited for without end; only one that is named is meant.
    if (named && (entry.isFile() || isFile(path))) files.push(path);
  }
  return files;
}

function isFile(path: string): boolean {
  return attempt(() => statSync(path))?.isFile() ?? false;
}

/** undefined where it cannot be done. */
function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}

/** A folder's .json files are captures where "log" is the first thing they hold. */
async function beginsAsHar(path: string): Promise<boolean> {
  const file = isFile(path) ? await open(path).catch(() => undefined) : undefined;
  try {
    const { buffer, bytesRead } = (await file?.read(Buffer.alloc(512), 0, 512, 0)) ?? { buffer: Buffer.alloc(0), bytesRead: 0 };
    return /^(?:\ufeff)?\s*\{\s*"log"\s*:\s*\{/.test(buffer.toString("utf8", 0, bytesRead));
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

function describe(path: string, cwd: string): Target {
  const about = attempt(() => statSync(path));
  const regular = about?.isFile() ?? true;
  return {
    name: nameOf(path, cwd),
    path,
    key: attempt(() => realpathSync.native(path)) ?? path,
    rereadable: regular,
    size: regular ? about?.size : undefined,
  };
}

/** Relative to the working directory, with "/". */
function nameOf(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join("/") || path;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function nothingFound(word: string, cwd: string): Promise<CaptureFault> {
  const path = resolve(cwd, word);
  if (existsSync(path))
    return {
      capture: word,
      severity: "error",
      message: `the folder ${word} holds no capture`,
      advice: "captures in a folder are found by their names: *.har, *.ndjson, *.jsonl, .gz of these, and *.json that begin as a HAR does",
    };
  if (/[*?[\]{}()!]/.test(word))
    return {
      capture: word,
      severity: "error",
      message: `no file matches ${word}`,
      advice: "check the pattern and the folder it starts from",
    };
  const names = await readdir(dirname(path)).catch(() => undefined);
  const near = names === undefined ? undefined : nearestName(basename(path), names);
  const advice =
    names === undefined
      ? `its folder does not exist: check the path`
      : near === undefined
        ? "check the path"
        : `did you mean ${nameOf(join(dirname(path), near), cwd)}?`;
  return { capture: word, severity: "error", message: `there is no file ${word}`, advice };
}

/** A file that cannot be opened or read, said without a stack. */
export function unreadable(name: string, error: unknown, what = "capture"): CaptureFault {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = {
    EACCES: "permission denied",
    EPERM: "permission denied",
    EISDIR: "it is a folder",
    ENOENT: "it is gone",
    EMFILE: "too many files are open",
    ELOOP: "its links lead in a circle",
    EIO: "the disk reports an error",
  }[code ?? ""];
  return {
    capture: name,
    severity: "error",
    message: `the ${what} cannot be read: ${why ?? String(message).split("\n", 1)[0]}`,
    advice: `check the ${what === "folder" ? what : "file"} and its permissions`,
  };
}
