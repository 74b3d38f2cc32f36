import { splitPointer } from "../syntax/json-pointer.ts";
import { type AjvError, compileSchema } from "../syntax/json-schema.ts";
import { patternFault } from "../syntax/pattern.ts";
import { adviseNearest, type FaultList } from "../yaml-source/fault-list.ts";
import { dataOf, itemsOf, memberOf, membersOf, nodeAt, type SourceMap, type SourceNode, textOf } from "../yaml-source/source-tree.ts";
import { checkSchemaCycles } from "./check-schema-cycles.ts";
import { schemaShape } from "./schema-shape.ts";

/** Tells what is no JSON Schema, asks for something to be fetched, or has a pattern that cannot be run, wherever a contract holds a schema. */
export function checkSchemas(tree: SourceMap, faults: FaultList): void {
  for (const schema of schemasOf(tree)) checkSchema(schema, faults);
}

/** Every schema of a contract: those named so, and matchers that are maps. */
function* schemasOf(tree: SourceMap): Generator<SourceNode> {
  for (const [, { node }] of membersOf(memberOf(tree, "envelopes")?.node)) {
    yield* defined(memberOf(node, "schema")?.node);
    yield* schemasOfWhen(memberOf(node, "when")?.node);
  }
  for (const row of itemsOf(memberOf(tree, "errors")?.node)) {
    for (const role of ["type", "code", "param"]) yield* defined(memberOf(row, role)?.node);
    for (const [, { node }] of membersOf(memberOf(row, "headers")?.node)) yield* defined(memberOf(node, "schema")?.node);
    yield* schemasOfWhen(memberOf(row, "when")?.node);
  }
}

function* schemasOfWhen(when: SourceNode | undefined): Generator<SourceNode> {
  for (const key of ["body", "error"]) yield* defined(memberOf(when, key)?.node);
  yield* defined(nodeAt(when, "request", "body"));
  for (const headers of [nodeAt(when, "headers"), nodeAt(when, "request", "headers")]) {
    for (const [, { node }] of membersOf(headers)) yield* defined(node);
  }
}

function* defined(node: SourceNode | undefined): Generator<SourceNode> {
  if (node?.kind === "map") yield node;
}

function checkSchema(node: SourceNode, faults: FaultList): void {
  const data = dataOf(node) as object;
  const before = faults.sorted().length;
  if (!schemaShape(data)) tellInvalid(schemaShape.errors ?? [], node, faults);
  const parts = [...partsOf(node)];
  for (const part of parts) {
    checkReference(part, faults);
    checkPatterns(part, faults);
  }
  checkSchemaCycles(node, parts, faults);
  if (faults.sorted().length > before || parts.every(isSurelyUsable)) return;
  try {
    compileSchema(data);
  } catch (error) {
    const told = (error as Error).message.split("\n", 1)[0] ?? "";
    faults.tell({
      at: node.at,
      path: node.path,
      message: `is not a schema that can be used: ${told}`,
      plain: "is not a schema that can be used",
    });
  }
}

/** What fits the meta-schema and has these keywords alone compiles: it need not be tried, and ajv need not be loaded for it. */
const surelyUsable = [
  "type",
  "const",
  "pattern",
  "title",
  "description",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "required",
  "properties",
];

function isSurelyUsable(schema: SourceNode): boolean {
  return schema.kind === "map" && [...schema.members.keys()].every((keyword) => surelyUsable.includes(keyword));
}

/** The meta-schema tells a wrong word in several ways; the one that lists the right words is the best. */
function tellInvalid(errors: readonly AjvError[], schema: SourceNode, faults: FaultList): void {
  const byPlace = new Map<string, AjvError>();
  for (const error of errors) {
    if (!byPlace.has(error.instancePath) || error.keyword === "enum") byPlace.set(error.instancePath, error);
  }
  for (const [pointer, error] of [...byPlace].slice(0, 20)) {
    const node = nodeAt(schema, ...splitPointer(pointer)) ?? schema;
    const words = (error.params.allowedValues ?? []) as string[];
    const told = words.length > 0 ? `must be one of ${words.join(", ")}` : (error.message ?? "it does not fit the meta-schema");
    faults.tell({
      at: node.at,
      path: node.path,
      message: `is not valid JSON Schema: ${told}`,
      ...adviseNearest(textOf(node) ?? "", words),
    });
  }
}

const schemaLists = ["allOf", "anyOf", "oneOf", "prefixItems"];
const schemaMaps = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];
const schemaMembers = [
  "not",
  "if",
  "then",
  "else",
  "items",
  "contains",
  "additionalProperties",
  "propertyNames",
  "unevaluatedItems",
  "unevaluatedProperties",
];

/** A schema and all that it holds. Keywords are looked at only where they are keywords: a property may well be called "pattern". */
function* partsOf(schema: SourceNode): Generator<SourceNode> {
  yield schema;
  for (const key of schemaLists) for (const item of itemsOf(memberOf(schema, key)?.node)) yield* partsOf(item);
  for (const key of schemaMaps) for (const [, { node }] of membersOf(memberOf(schema, key)?.node)) yield* partsOf(node);
  for (const key of schemaMembers) {
    const node = memberOf(schema, key)?.node;
    if (node !== undefined) yield* partsOf(node);
  }
}

function checkReference(schema: SourceNode, faults: FaultList): void {
  const node = memberOf(schema, "$ref")?.node;
  if (node !== undefined && !/^#(?:$|\/)/.test(textOf(node) ?? ""))
    faults.tell({
      at: node.at,
      path: node.path,
      message: "points outside its schema, and nothing is fetched",
      advice: "point into the same schema: #/$defs/…",
    });
  const dynamic = memberOf(schema, "$dynamicRef");
  if (dynamic !== undefined)
    faults.tell({ at: dynamic.keyAt, path: dynamic.node.path, message: "is a keyword that is not followed here", advice: "use $ref" });
  const id = memberOf(schema, "$id");
  if (id !== undefined)
    faults.tell({
      at: id.keyAt,
      path: id.node.path,
      message: "gives a schema an address, which $ref cannot use here",
      advice: "leave $id out",
    });
}

function checkPatterns(schema: SourceNode, faults: FaultList): void {
  checkPattern(memberOf(schema, "pattern")?.node, faults);
  for (const [name, { keyAt, node }] of membersOf(memberOf(schema, "patternProperties")?.node))
    checkPattern({ kind: "scalar", value: name, at: keyAt, path: node.path }, faults);
}

function checkPattern(node: SourceNode | undefined, faults: FaultList): void {
  const source = textOf(node);
  const fault = source === undefined ? undefined : patternFault(source);
  if (node === undefined || fault === undefined) return;
  faults.tell({ at: node.at, path: node.path, message: `${fault}: ${JSON.stringify(source)}`, plain: "has a pattern that cannot be run" });
}
