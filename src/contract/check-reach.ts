import type { FaultList } from "../yaml-source/fault-list.ts";
import { nodeAt, type SourceMap } from "../yaml-source/source-tree.ts";
import type { Compilation } from "./compile.ts";
import type { CompiledMatcher } from "./matcher.ts";
import { otherOperation } from "./operations.ts";
import { type CompiledRow, compareRows } from "./row.ts";
import { templatesOverlap } from "./template-overlap.ts";

/** Tells rows that no answer can ever meet, as far as that can be proved. */
export function checkReach(tree: SourceMap, parts: Compilation, faults: FaultList): void {
  for (const [index, row] of parts.rows.entries()) {
    const why = unreachable(row, parts, faults);
    if (why === undefined) continue;
    const node = nodeAt(tree, "errors", index, why.key ?? "name") ?? nodeAt(tree, "errors", index) ?? tree;
    faults.tell({ at: node.at, path: node.path, message: `can never be met: ${why.message}`, plain: "can never be met" });
  }
}

interface Reason {
  readonly message: string;
  /** The row's key that is to blame. */
  readonly key?: string;
}

function unreachable(row: CompiledRow, parts: Compilation, faults: FaultList): Reason | undefined {
  const { envelope } = row;
  const name = faults.quote(envelope.name, envelope.source);
  if (!row.status.all.some((status) => envelope.status.has(status))) {
    return { key: "status", message: `${row.status.text} is never an error of the envelope ${name}, which takes ${envelope.status.text}` };
  }
  for (const role of ["type", "code", "param"] as const) {
    const demands = row[role].kind !== "any" && row[role].kind !== "absent";
    if (demands && envelope.sources[role] === undefined)
      return { key: role, message: `it demands a ${role}, and the envelope ${name} has none` };
  }
  if (!operationsMeet(row, parts)) return { key: "operations", message: `none of its operations is one of the envelope ${name}'s` };
  const takers = takenBy(row, parts.rows).map((taker) => faults.quote(taker.name, taker.source));
  if (takers.length === 0) return undefined;
  const [who, verb] = takers.length === 1 ? ["row", "takes"] : ["rows", "take"];
  return { message: `the more specific ${who} ${takers.join(", ")} ${verb} everything that it could` };
}

/** Different names may still be one request: only templates that cannot both match prove that there is none. */
function operationsMeet(row: CompiledRow, { router }: Compilation): boolean {
  const [ours, theirs] = [row.operations, row.envelope.operations];
  if (ours === undefined || theirs === undefined) return true;
  const templatesOf = (name: string) => router.operations.find((operation) => operation.name === name)?.templates ?? [];
  return ours.some((a) =>
    theirs.some(
      (b) =>
        a === b ||
        (a !== otherOperation &&
          b !== otherOperation &&
          templatesOf(a).some((one) => templatesOf(b).some((two) => templatesOverlap(one, two)))),
    ),
  );
}

/** Combinations looked at; a row of more is given up on. */
const mostCombinations = 1000;

/** The rows that together take every combination of status, type, code and param that a row could have; none where one is left. */
function takenBy(row: CompiledRow, rows: readonly CompiledRow[]): CompiledRow[] {
  const stronger = rows.filter((other) => other !== row && other.envelope === row.envelope && isAbove(other, row));
  if (stronger.length === 0) return [];
  const statuses = row.status.all.filter((status) => row.envelope.status.has(status));
  const choices = [row.type, row.code, row.param].map((matcher) => (matcher.kind === "literal" ? matcher.values : [matcher]));
  if (choices.reduce((product, values) => product * values.length, statuses.length) > mostCombinations) return [];
  const takers = new Set<CompiledRow>();
  for (const status of statuses) {
    for (const type of choices[0] ?? []) {
      for (const code of choices[1] ?? []) {
        for (const param of choices[2] ?? []) {
          const taker = stronger.find(
            (other) => other.status.has(status) && takes(other.type, type) && takes(other.code, code) && takes(other.param, param),
          );
          if (taker === undefined) return [];
          takers.add(taker);
        }
      }
    }
  }
  return [...takers];
}

/** More specific, whatever else an answer says, on every operation of the row. */
function isAbove(other: CompiledRow, row: CompiledRow): boolean {
  const everywhere = other.operations === undefined || (row.operations?.every((name) => other.operations?.includes(name)) ?? false);
  return other.when === undefined && row.when === undefined && everywhere && compareRows(other, row) < 0;
}

/** Does a matcher surely take a value, or all that another matcher takes? */
function takes(matcher: CompiledMatcher, what: string | number | CompiledMatcher): boolean {
  if (typeof what !== "object") return matcher.kind !== "any" ? matcher.accepts(what) : false;
  return matcher.kind === what.kind && matcher.identity === what.identity;
}
