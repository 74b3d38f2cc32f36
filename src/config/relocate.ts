import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { isRuleFile } from "../rule-files/load-rules.ts";
import { nameFile } from "../yaml-source/name-file.ts";

/** From where a configuration's file names are seen. */
export interface Move {
  /** Its own folder. */
  readonly folder: string;
  /** The working directory. */
  readonly cwd: string;
}

/** A file that a configuration names, as it is named from the working directory. */
export function moveFile(file: string, { folder, cwd }: Move): string {
  return nameFile(resolve(folder, file), cwd);
}

/** A contract: a file, or `builtin:NAME`. */
export function moveContract(reference: string, move: Move): string {
  return reference.startsWith("builtin:") ? reference : moveFile(reference, move);
}

/** A rule file is told from a rule's id by its look: `./checks/trace`. */
export function moveRuleFile(file: string, move: Move): string {
  const moved = moveFile(file, move);
  return isRuleFile(moved) ? moved : `./${moved}`;
}

/** `NAME` or `NAME=FILE`, where NAME may be a file too. */
export function moveFormat(format: string, move: Move): string {
  const [name = "", ...rest] = format.split("=");
  const file = rest.join("=");
  const named = isRuleFile(name) ? moveRuleFile(name, move) : name;
  return rest.length === 0 ? named : `${named}=${file === "-" ? file : moveFile(file, move)}`;
}

/** A capture: a file, a folder or a glob, in which the folders before it are to be taken as they are written. */
export function moveCapture(word: string, move: Move): string {
  const { folder, cwd } = move;
  const isGlob = /[*?[\]{}()!]/.test(word) && !existsSync(resolve(folder, word));
  if (!isGlob) return moveFile(word, move);
  if (folder === cwd || isAbsolute(word)) return word;
  return `${nameFile(folder, cwd).replaceAll(/[*?[\]{}()!+@|\\]/g, "\\$&")}/${word}`;
}
