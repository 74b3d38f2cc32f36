import { realpathSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { adviseNearest, type FaultList } from "../yaml-source/fault-list.ts";
import { nameFile } from "../yaml-source/name-file.ts";
import { builtinFile, builtinNames } from "../yaml-source/package-root.ts";
import { type PackedTree, unpackTree } from "../yaml-source/packed-tree.ts";
import { parseSource } from "../yaml-source/parse-source.ts";
import { readSource } from "../yaml-source/read-source.ts";
import { memberOf, type SourceMap, type SourceNode, textOf } from "../yaml-source/source-tree.ts";
import { builtinTrees } from "./builtin-trees.ts";
import { contractKind } from "./contract-kind.ts";
import { mergeContracts } from "./merge.ts";

/** Where a contract's text comes from. */
export interface SourceFile {
  /** As faults and reports name it. */
  readonly name: string;
  /** Absolute path, where it has one. */
  readonly path: string | undefined;
}

/** One that ships with envelint. */
export interface BuiltinFile extends SourceFile {
  readonly path: string;
  readonly builtin: string;
}

/** A long chain of bases is a mistake, or malice. */
const longestChain = 16;

/** A contract's own tree with everything it extends merged in; undefined where that fails, which is told. `read` gathers the files that were read. */
export function buildTree(
  own: SourceNode | undefined,
  file: SourceFile,
  cwd: string,
  faults: FaultList,
  read: string[] = [],
): SourceMap | undefined {
  if (file.path !== undefined) read.push(file.path);
  return grow(own, file, { cwd, faults, read }, [file]);
}

/** A text's tree; undefined where it gives none, which is told. */
export function parseText(text: string, { name }: SourceFile, faults: FaultList): SourceNode | undefined {
  return parseSource(text, name, contractKind, faults);
}

/** The tree of a contract that ships, made ahead of time. */
export function builtinTree({ name, builtin }: BuiltinFile): SourceNode {
  return unpackTree(JSON.parse(builtinTrees[builtin] as string) as PackedTree, name);
}

/** What stays the same along a chain of files. */
interface Growing {
  readonly cwd: string;
  readonly faults: FaultList;
  readonly read: string[];
}

/** A shipped contract, or undefined where there is none of the name. */
export function builtinSource(name: string): BuiltinFile | undefined {
  return Object.hasOwn(builtinTrees, name) ? { name: `builtin:${name}`, path: builtinFile(name), builtin: name } : undefined;
}

function grow(own: SourceNode | undefined, file: SourceFile, growing: Growing, chain: readonly SourceFile[]): SourceMap | undefined {
  const { cwd, faults, read } = growing;
  if (own === undefined) return undefined;
  if (own.kind !== "map") {
    faults.tell({ at: own.at, message: "is not a contract: a contract is a map of keys such as title and errors" });
    return undefined;
  }
  const reference = memberOf(own, "extends")?.node;
  const target = textOf(reference);
  // An `extends` that is no text is left for the schema to tell.
  if (reference === undefined || target === undefined) return own;
  const base = findBase(target, reference, file, rootsOf(chain, cwd), faults);
  if (base === undefined) return undefined;
  if (chain.some((each) => each.path !== undefined && each.path === base.path)) {
    faults.tell({ at: reference.at, path: ["extends"], message: "extends itself, directly or by way of others" });
    return undefined;
  }
  if (chain.length >= longestChain) {
    faults.tell({ at: reference.at, path: ["extends"], message: `extends a chain of more than ${longestChain} files` });
    return undefined;
  }
  if (!target.startsWith("builtin:")) faults.keepSecret(base.name);
  read.push(base.path);
  const tree = grow(readTree(base, faults), base, growing, [...chain, base]);
  return tree && mergeContracts(tree, own);
}

function readTree(base: FoundFile | BuiltinFile, faults: FaultList): SourceNode | undefined {
  if ("builtin" in base) return builtinTree(base);
  const text = readSource(base.path, base.name, contractKind, faults);
  return text === undefined ? undefined : parseText(text, base, faults);
}

type FoundFile = SourceFile & { readonly path: string };

/** Where files may lie that are extended. The contract itself was named by the user, wherever it lies. */
interface Roots {
  readonly cwd: string;
  /** The folder of the contract that was named; undefined = it has none. */
  readonly home: string | undefined;
}

function rootsOf([named]: readonly SourceFile[], cwd: string): Roots {
  return { cwd, home: named?.path === undefined ? undefined : dirname(named.path) };
}

function findBase(
  target: string,
  reference: SourceNode,
  file: SourceFile,
  { cwd, home }: Roots,
  faults: FaultList,
): FoundFile | BuiltinFile | undefined {
  const tell = (message: string, more: { readonly advice?: string } = {}) => {
    faults.tell({ at: reference.at, path: ["extends"], message, plain: "names a contract that cannot be used", ...more });
    return undefined;
  };
  if (target.startsWith("builtin:")) {
    const builtin = builtinSource(target.slice("builtin:".length));
    if (builtin !== undefined) return { ...builtin, path: realpathSync(builtin.path) };
    return tell(
      `names no contract that ships with envelint: ${target}`,
      adviseNearest(
        target,
        builtinNames().map((name) => `builtin:${name}`),
      ),
    );
  }
  const path = resolve(file.path === undefined ? cwd : dirname(file.path), target);
  const outside = "lies outside the working directory";
  const isInside = (place: string, folders: readonly string[]) => folders.some((folder) => isBelow(place, folder));
  const homes = home === undefined ? [] : [home];
  // Before the file system is asked, so that nobody learns from the answer which files there are.
  if (!isInside(path, [resolve(cwd), realOf(cwd), ...homes])) return tell(outside);
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    return tell(`names a file that is not there: ${target}`);
  }
  if (!isInside(real, [realOf(cwd), ...homes])) return tell(outside);
  return { name: nameFile(path, resolve(cwd)), path: real };
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function realOf(folder: string): string {
  return realpathSync(folder);
}
