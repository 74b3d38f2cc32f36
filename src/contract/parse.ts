import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Contract } from "../model/contract.ts";
import { makeFaultList } from "../yaml-source/fault-list.ts";
import { nameFile } from "../yaml-source/name-file.ts";
import { readSource } from "../yaml-source/read-source.ts";
import { checkContract } from "./check.ts";
import { contractKind } from "./contract-kind.ts";
import { parseText, type SourceFile } from "./extend.ts";
import { makeContract } from "./make.ts";

export interface ParseOptions {
  /** What file names are relative to, and below which `extends` must stay [process.cwd()]. */
  readonly cwd?: string;
  /** The text's own file, as faults name it and from which `extends` is found [contract.yaml]. */
  readonly file?: string;
}

/**
 * Makes a contract of a text.
 *
 * @throws ContractError with every fault there is
 */
export function parseContract(text: string, options: ParseOptions = {}): Contract {
  const cwd = resolve(options.cwd ?? process.cwd());
  const file: SourceFile = { name: options.file ?? "contract.yaml", path: resolve(cwd, options.file ?? "contract.yaml") };
  const faults = makeFaultList();
  return makeContract(parseText(text, file, faults), file, cwd, faults, checkContract);
}

/**
 * Makes a contract of a file. `cwd` is absolute.
 *
 * @throws ContractError with every fault there is
 */
export function readContract(reference: string, cwd: string): Contract {
  const path = resolve(cwd, reference);
  const file: SourceFile = { name: nameFile(path, cwd), path: realOf(path) };
  const faults = makeFaultList();
  const text = readSource(path, file.name, contractKind, faults);
  return makeContract(text === undefined ? undefined : parseText(text, file, faults), file, cwd, faults, checkContract);
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
