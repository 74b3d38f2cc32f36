import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { nearestName } from "../syntax/nearest.ts";
import type { FaultList } from "./fault-list.ts";
import type { FileKind } from "./file-kind.ts";

/** More than any contract: even the largest public error tables are below 200 KiB. */
const mostBytes = 512 * 1024;

/** The text of a file of the user's; undefined where it cannot be read, which is told. `name`: the file as faults call it. */
export function readSource(path: string, name: string, kind: FileKind, faults: FaultList): string | undefined {
  const at = { file: name, line: 1, column: 1 };
  let bytes: Buffer;
  try {
    bytes = readStart(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    faults.tell({
      at,
      message: `cannot be read: ${reasonOf(error as NodeJS.ErrnoException)}`,
      ...(code === "ENOENT" && adviseExisting(path, name, kind)),
    });
    return undefined;
  }
  if (startsLikeHar(bytes)) {
    faults.tell({
      at,
      message: `is a capture (HAR), not a ${kind.noun}`,
      advice: kind.captureAdvice,
    });
    return undefined;
  }
  if (bytes.length > mostBytes) {
    faults.tell({ at, message: `is larger than 512 KiB, which no ${kind.noun} is` });
    return undefined;
  }
  return decode(bytes, at, faults);
}

function readStart(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    if (fstatSync(file).isDirectory()) throw Object.assign(new Error("directory"), { code: "EISDIR" });
    const buffer = Buffer.allocUnsafe(Math.min(mostBytes, fstatSync(file).size || mostBytes) + 1);
    let length = 0;
    for (let read = 1; read > 0 && length < buffer.length; length += read)
      read = readSync(file, buffer, length, buffer.length - length, null);
    return buffer.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function reasonOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ENOENT":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    default:
      return error.code ?? error.message;
  }
}

/** A file beside it that has nearly this name, or one that ships. */
function adviseExisting(path: string, name: string, { ships }: FileKind): { readonly advice?: string } {
  const asked = stemOf(path);
  const beside = new Map(listFolder(dirname(path)).map((file) => [stemOf(file), file]));
  const near = beside.has(asked) || asked.length >= shortestStem ? nearestName(asked, beside.keys()) : undefined;
  if (near !== undefined) return { advice: `did you mean ${join(dirname(name), beside.get(near) ?? "")}?` };
  const shipped = ships === undefined ? undefined : nearestName(asked, ships.names());
  return shipped === undefined ? {} : { advice: `did you mean ${ships?.prefix}${shipped}?` };
}

/** A shorter one is near to anything. */
const shortestStem = 3;

/** A file's name without its ending, which files of one kind share. */
function stemOf(file: string): string {
  return basename(file, extname(file));
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function startsLikeHar(bytes: Buffer): boolean {
  return /^\uFEFF?\s*\{\s*"log"\s*:\s*\{/.test(bytes.subarray(0, 1024).toString("utf8"));
}

function decode(bytes: Buffer, at: { readonly file: string }, faults: FaultList): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    const before = bytes.toString("utf8").split("\uFFFD", 1)[0] ?? "";
    const line = before.split("\n").length;
    const column = before.length - before.lastIndexOf("\n");
    faults.tell({
      at: { file: at.file, line: utf16 ? 1 : line, column: utf16 ? 1 : column },
      message: utf16 ? "is UTF-16, not UTF-8" : "is not UTF-8",
      advice: "save it as UTF-8",
    });
    return undefined;
  }
}
