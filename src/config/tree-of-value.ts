import { describeThrown } from "../syntax/thrown.ts";
import { deepest, tooDeep } from "../yaml-source/cut-tokens.ts";
import type { FaultList } from "../yaml-source/fault-list.ts";
import type { SourceMember, SourceNode, SourcePath } from "../yaml-source/source-tree.ts";

/** As many as a file may hold. */
const mostValues = 100_000;

class NoData extends Error {
  readonly path: SourcePath;

  constructor(message: string, path: SourcePath) {
    super(message);
    this.path = path;
  }
}

/** What a module gave, as the tree of a file whose lines are not known (0). Members that are undefined are left out. Faults go to the list. */
export function treeOfValue(value: unknown, file: string, faults: FaultList): SourceNode | undefined {
  const at = { file, line: 0, column: 0 };
  let count = 0;

  function build(part: unknown, path: SourcePath): SourceNode {
    if (++count > mostValues) throw new NoData(`holds more than ${mostValues} values`, []);
    if (path.length > deepest) throw new NoData(tooDeep, []);
    if (part === null || typeof part === "string" || typeof part === "boolean") return { kind: "scalar", at, path, value: part };
    if (typeof part === "number") return { kind: "scalar", at, path, value: Number.isFinite(part) ? part : String(part) };
    if (Array.isArray(part)) return { kind: "list", at, path, items: Array.from(part, (item, index) => build(item, [...path, index])) };
    if (typeof part !== "object")
      throw new NoData(`must be plain data, not ${part === undefined ? "undefined" : `a ${typeof part}`}`, path);
    const prototype: unknown = Object.getPrototypeOf(part);
    // An object of another realm has a prototype of its own.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
      throw new NoData("must be plain data, not an object of a class", path);
    const members = new Map<string, SourceMember>();
    for (const [name, member] of Object.entries(part))
      if (member !== undefined) members.set(name, { keyAt: at, node: build(member, [...path, name]) });
    return { kind: "map", at, path, members };
  }

  try {
    return build(value, []);
  } catch (error) {
    const [message, path] = error instanceof NoData ? [error.message, error.path] : [`cannot be looked at: ${describeThrown(error)}`, []];
    faults.tell({ at, path, message });
    return undefined;
  }
}
