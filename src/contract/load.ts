import { readFileSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Contract } from "../model/contract.ts";
import { adviseNearest, type FaultList, makeFaultList } from "../yaml-source/fault-list.ts";
import { nameFile } from "../yaml-source/name-file.ts";
import { builtinNames, defaultContract } from "../yaml-source/package-root.ts";
import { readSource } from "../yaml-source/read-source.ts";
import { dataOf } from "../yaml-source/source-tree.ts";
import { checkContract } from "./check.ts";
import { compileContract } from "./compile.ts";
import { ContractError } from "./contract-fault.ts";
import type { ContractFile } from "./contract-file.ts";
import { contractKind } from "./contract-kind.ts";
import { buildTree, builtinSource, type SourceFile } from "./extend.ts";

export interface LoadOptions {
  /** What file names are relative to, and below which `extends` must stay [process.cwd()]. */
  readonly cwd?: string;
}

export interface ParseOptions extends LoadOptions {
  /** The text's own file, as faults name it and from which `extends` is found [contract.yaml]. */
  readonly file?: string;
}

/**
 * Loads a contract.
 *
 * @param reference `builtin:NAME`, or a path [the built-in contract, `builtin:course-api`]
 * @throws ContractError with every fault there is; TypeError where the reference is no text
 */
export async function loadContract(reference = `builtin:${defaultContract}`, options: LoadOptions = {}): Promise<Contract> {
  if (typeof reference !== "string")
    throw new TypeError(
      `loadContract takes a path or builtin:NAME, not ${reference === null ? "null" : `a value of type ${typeof reference}`}.`,
    );
  const cwd = resolve(options.cwd ?? process.cwd());
  const faults = makeFaultList();
  if (!reference.startsWith("builtin:")) {
    const path = resolve(cwd, reference);
    const file: SourceFile = { name: nameFile(path, cwd), path: realOf(path) };
    return finish(readSource(path, file.name, contractKind, faults), file, cwd, faults);
  }
  const builtin = builtinSource(reference.slice("builtin:".length));
  if (builtin?.path === undefined) {
    const names = builtinNames().map((name) => `builtin:${name}`);
    faults.tell({
      at: { file: reference, line: 1, column: 1 },
      message: `is no contract that ships with envelint (${names.join(", ")})`,
      ...adviseNearest(reference, names),
    });
    throw new ContractError(faults.sorted());
  }
  return finish(readFileSync(builtin.path, "utf8"), { ...builtin, trusted: true }, cwd, faults);
}

/**
 * Makes a contract of a text.
 *
 * @throws ContractError with every fault there is
 */
export function parseContract(text: string, options: ParseOptions = {}): Contract {
  const cwd = resolve(options.cwd ?? process.cwd());
  const path = resolve(cwd, options.file ?? "contract.yaml");
  return finish(text, { name: options.file ?? "contract.yaml", path }, cwd, makeFaultList());
}

const filesRead = new WeakMap<Contract, readonly string[]>();

/** The absolute paths of the files that a contract was made of: its own, and those it extends. */
export function filesOf(contract: Contract): readonly string[] {
  return filesRead.get(contract) ?? [];
}

/** `trusted`: the contracts that ship are checked by the tests, not again in every run, which would cost more than a small audit. */
interface Origin extends SourceFile {
  readonly trusted?: boolean;
}

function finish(text: string | undefined, file: Origin, cwd: string, faults: FaultList): Contract {
  const read: string[] = [];
  const tree = text === undefined ? undefined : buildTree(text, file, cwd, faults, read);
  if (tree !== undefined) {
    const compile = () => compileContract(dataOf(tree) as unknown as ContractFile, tree, file.name);
    if (!file.trusted) checkContract(tree, faults, compile);
    if (faults.isEmpty) {
      const contract = compile();
      filesRead.set(contract, read);
      return contract;
    }
  }
  throw new ContractError(faults.sorted());
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
