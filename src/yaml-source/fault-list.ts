import type { SourceLine } from "../model/contract.ts";
import { nearestName } from "../syntax/nearest.ts";
import type { Fault } from "./fault.ts";
import { describePath, type SourcePath } from "./source-tree.ts";

/** A fault as it is told. */
export interface ToldFault {
  readonly at: SourceLine;
  readonly path?: SourcePath;
  /** May repeat what the file says. */
  readonly message: string;
  /** The same without repeating anything; needed only where `message` does. */
  readonly plain?: string;
  readonly advice?: string;
}

/**
 * Gathers the faults of a contract and of the files it extends. An extended file may be anything that somebody's
 * contract names, a file of secrets among it: faults in it say what is wrong and where, and repeat nothing of it.
 */
export interface FaultList {
  tell(fault: ToldFault): void;
  /** Files from here on named by `extends`: nothing of them is repeated. */
  keepSecret(file: string): void;
  /** Was it written in a file of which nothing may be repeated? */
  isSecret(at: SourceLine): boolean;
  /** A name in quotes, or where it stands if it may not be repeated. */
  quote(name: string | number, at: SourceLine): string;
  readonly isEmpty: boolean;
  /** In the order of the files as they were met, then by line and column. */
  sorted(): readonly Fault[];
}

export function makeFaultList(): FaultList {
  const faults = new Map<string, Fault>();
  const files: string[] = [];
  const secret = new Set<string>();
  return {
    tell({ at, path = [], message, plain, advice }) {
      if (!files.includes(at.file)) files.push(at.file);
      const hidden = secret.has(at.file);
      const told = { ...at, path: describePath(hidden ? withoutNames(path) : path), message: hidden ? (plain ?? message) : message };
      faults.set(JSON.stringify(told), advice === undefined || hidden ? told : { ...told, advice });
    },
    keepSecret: (file) => secret.add(file),
    isSecret: (at) => secret.has(at.file),
    quote: (name, at) =>
      secret.has(at.file) ? `what stands at ${at.file}:${at.line}:${at.column}` : JSON.stringify(shorten(String(name))),
    get isEmpty() {
      return faults.size === 0;
    },
    sorted: () =>
      [...faults.values()].sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column),
  };
}

/** `did you mean "status"?`, or nothing where no name is near. */
export function adviseNearest(name: string, candidates: Iterable<string>): { readonly advice?: string } {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? {} : { advice: `did you mean ${JSON.stringify(nearest)}?` };
}

/** At most 80 characters of a text that somebody else wrote. */
export function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

/** A path with its indices only: names are the file's own. */
function withoutNames(path: SourcePath): SourcePath {
  return path.map((step) => (typeof step === "number" ? step : "*"));
}
