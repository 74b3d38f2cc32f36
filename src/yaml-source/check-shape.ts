import type { ValidateFunction } from "ajv/dist/2020.js";
import { splitPointer } from "../syntax/json-pointer.ts";
import type { AjvError } from "../syntax/json-schema.ts";
import { adviseNearest, type FaultList, shorten, type ToldFault } from "./fault-list.ts";
import { dataOf, memberOf, nodeAt, type SourceMap, type SourceNode } from "./source-tree.ts";

interface SchemaPart {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Holds a file's data against one of the schemas that ship with envelint, which is given as the code made of it. */
export function checkShape(tree: SourceMap, shape: ValidateFunction, faults: FaultList): void {
  if (shape(dataOf(tree))) return;
  for (const error of (shape.errors ?? []).slice(0, 200)) {
    // `if` only repeats what its branch has told.
    if (error.keyword !== "if") faults.tell(toFault(error, tree, faults));
  }
}

function toFault(error: AjvError, tree: SourceMap, faults: FaultList): ToldFault {
  const path = splitPointer(error.instancePath);
  const node = nodeAt(tree, ...path) ?? tree;
  const part = (error.parentSchema ?? {}) as SchemaPart;
  switch (error.keyword) {
    case "additionalProperties":
      return unknownKey(String(error.params.additionalProperty), node, part, faults);
    case "required": {
      const missing = String(error.params.missingProperty);
      return { at: node.at, path: node.path, message: `lacks ${JSON.stringify(missing)}`, ...describeProperty(part, missing) };
    }
    case "enum":
    case "const":
      return wrongValue(error, node);
    case "type":
      return {
        at: node.at,
        path: node.path,
        message: `must be ${nameTypes(error.params.type as string | string[])}, not ${nameOf(node)}`,
        ...exampleOf(part),
      };
    case "pattern":
      return { at: node.at, path: node.path, message: `cannot be read: ${quoteNode(node)}`, plain: "cannot be read", ...exampleOf(part) };
    case "not":
      return { at: node.at, path: node.path, message: "names both a capture and a member", advice: "keep one of them" };
    case "minProperties":
    case "maxProperties":
      return {
        at: node.at,
        path: node.path,
        message:
          part.properties === undefined ? "must not be empty" : `must have exactly one of ${Object.keys(part.properties).join(", ")}`,
      };
    case "maxLength":
      return { at: node.at, path: node.path, message: `must have at most ${error.params.limit} characters` };
    case "minItems":
    case "minLength":
      return { at: node.at, path: node.path, message: "must not be empty", ...exampleOf(part) };
    default:
      return {
        at: node.at,
        path: node.path,
        message: error.message ?? "is wrong",
        ...exampleOf(part),
      };
  }
}

function unknownKey(name: string, node: SourceNode, part: SchemaPart, faults: FaultList): ToldFault {
  const known = Object.keys(part.properties ?? {});
  const at = memberOf(node, name)?.keyAt ?? node.at;
  const nearest = adviseNearest(name, known);
  const advice = nearest.advice ?? (known.length > 0 ? `known here: ${known.join(", ")}` : undefined);
  return {
    at,
    path: [...node.path, name],
    message: `is no key here: ${faults.quote(name, at)}`,
    plain: "is no key that may stand here",
    ...(advice === undefined ? {} : { advice }),
  };
}

function wrongValue(error: AjvError, node: SourceNode): ToldFault {
  const allowed = (error.keyword === "const" ? [error.params.allowedValue] : error.params.allowedValues) as unknown[];
  const must = `must be ${allowed.map((value) => JSON.stringify(value)).join(" or ")}`;
  const nearest = node.kind === "scalar" && typeof node.value === "string" ? adviseNearest(node.value, allowed.map(String)) : {};
  return { at: node.at, path: node.path, message: `${must}, not ${quoteNode(node)}`, plain: must, ...nearest };
}

function describeProperty(part: SchemaPart, name: string): { readonly advice?: string } {
  const property = part.properties?.[name] as SchemaPart | undefined;
  return property?.description === undefined ? {} : { advice: property.description };
}

function exampleOf(part: SchemaPart): { readonly advice?: string } {
  const [example] = part.examples ?? [];
  return example === undefined ? {} : { advice: `for instance ${JSON.stringify(example)}` };
}

function quoteNode(node: SourceNode): string {
  return node.kind === "scalar" ? JSON.stringify(typeof node.value === "string" ? shorten(node.value) : node.value) : nameOf(node);
}

function nameOf(node: SourceNode): string {
  if (node.kind === "map") return "a map";
  if (node.kind === "list") return "a list";
  return node.value === null ? "empty" : `a ${typeof node.value === "string" ? "text" : typeof node.value}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
};

function nameTypes(types: string | readonly string[]): string {
  const names = (typeof types === "string" ? [types] : types).map((type) => typeNames[type] ?? type);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
