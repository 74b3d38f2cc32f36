import { splitPointer } from "../syntax/json-pointer.ts";
import { decodePercent } from "../syntax/percent-encoding.ts";
import type { FaultList } from "../yaml-source/fault-list.ts";
import { itemsOf, memberOf, membersOf, nodeAt, type SourceNode, textOf } from "../yaml-source/source-tree.ts";

/** Where a schema holds others for the very same value. */
const sameValue = { lists: ["allOf", "anyOf", "oneOf"], maps: ["dependentSchemas"], members: ["not", "if", "then", "else"] };

/** Schemas for one value that may stand within each other; whoever judges goes down by recursion. */
const longestWay = 100;

/** Tells a `$ref` that leads back to itself without a step into the value: judging by it would never end. */
export function checkSchemaCycles(root: SourceNode, schemas: readonly SourceNode[], faults: FaultList): void {
  const state = new Map<SourceNode, "open" | "done">();
  const visit = (schema: SourceNode, depth: number): void => {
    if (state.has(schema)) return;
    if (depth > longestWay) throw new TooLong();
    state.set(schema, "open");
    const reference = memberOf(schema, "$ref")?.node;
    const target = targetOf(root, reference);
    if (reference !== undefined && target !== undefined && state.get(target) === "open")
      faults.tell({
        at: reference.at,
        path: reference.path,
        message: "leads back to itself without a step into the value, so that judging by it would never end",
        advice: "refer from properties or items",
      });
    for (const next of [...(target === undefined ? [] : [target]), ...heldBy(schema)]) visit(next, depth + 1);
    state.set(schema, "done");
  };
  try {
    for (const schema of schemas) visit(schema, 0);
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    faults.tell({ at: root.at, path: root.path, message: `judges one value by more than ${longestWay} schemas within each other` });
  }
}

class TooLong extends Error {}

/** What a `$ref` within the schema points at; undefined where that is nothing. */
function targetOf(root: SourceNode, reference: SourceNode | undefined): SourceNode | undefined {
  const text = textOf(reference);
  if (text === undefined || !/^#(?:$|\/)/.test(text)) return undefined;
  return nodeAt(root, ...splitPointer(decodePercent(text.slice(1))));
}

function heldBy(schema: SourceNode): SourceNode[] {
  return [
    ...sameValue.lists.flatMap((key) => itemsOf(memberOf(schema, key)?.node)),
    ...sameValue.maps.flatMap((key) => membersOf(memberOf(schema, key)?.node).map(([, { node }]) => node)),
    ...sameValue.members.flatMap((key) => memberOf(schema, key)?.node ?? []),
  ];
}
