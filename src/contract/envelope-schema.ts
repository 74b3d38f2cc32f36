import type { Contract, Role } from "../model/contract.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { splitPointer } from "../syntax/json-pointer.ts";
import { compilationOf } from "./compile.ts";
import type { CompiledEnvelope } from "./envelope.ts";
import { roleTypes } from "./role-types.ts";

/**
 * The body of an error as plain JSON Schema (2020-12), for those who check bodies with other tools. What JSON Schema
 * cannot say of one body (roles in header fields, one place for all errors) is left out.
 *
 * @param name of the envelope [the default one]
 */
export function envelopeSchema(contract: Contract, name?: string): JsonObject {
  const { envelopes } = compilationOf(contract);
  const envelope = name === undefined ? envelopes[0] : envelopes.find((each) => each.name === name);
  if (envelope === undefined) throw new RangeError(`the contract has no envelope ${JSON.stringify(name)}`);
  const places = envelope.pointers.map((pointer) => bodySchema(envelope, pointer));
  const parts = [places.length === 1 ? (places[0] as JsonObject) : { anyOf: places }, ...ownSchema(envelope)];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `${contract.title}: ${envelope.name}`,
    ...(parts.length === 1 ? (parts[0] as JsonObject) : { allOf: parts }),
  };
}

function ownSchema(envelope: CompiledEnvelope): JsonObject[] {
  return typeof envelope.schema === "object" ? [envelope.schema as JsonObject] : [];
}

/** The whole body, where the error object is at `pointer`. */
function bodySchema(envelope: CompiledEnvelope, pointer: string): JsonObject {
  const error = objectSchema(envelope, "object");
  const placed: JsonObject =
    envelope.array === false
      ? error
      : {
          type: "array",
          minItems: 1,
          ...(envelope.array === "all" ? { items: error } : { prefixItems: [error], items: { type: "object" } }),
        };
  const root = objectSchema(envelope, "root");
  const body = nest(splitPointer(pointer), placed);
  return Object.keys(root).length > 1 ? { allOf: [body, root] } : body;
}

/** The roles that stand in the error object, or from the body's root. */
function objectSchema(envelope: CompiledEnvelope, kind: "object" | "root"): JsonObject {
  const parts: JsonObject[] = [];
  for (const [name, sources] of Object.entries(envelope.sources)) {
    const role = name as Role;
    const required = envelope.required.includes(role) && sources.every((source) => source.kind === kind);
    const pointers = sources.flatMap((source) => (source.kind === kind ? source.pointer : []));
    const only = required && pointers.length === 1;
    for (const pointer of pointers)
      parts.push(nest(splitPointer(pointer), only ? { ...roleTypes[role].schema } : nullable(roleTypes[role].schema), only));
    if (required && !only) parts.push({ anyOf: pointers.map((pointer) => nest(splitPointer(pointer), { not: { type: "null" } })) });
  }
  return parts.reduce(merge, { type: "object" });
}

/** null in an optional role counts as absent. */
function nullable(schema: { readonly [keyword: string]: Json }): JsonObject {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type as Json];
  return { ...schema, type: [...types, "null"] };
}

/** A schema for what stands at the end of a way of member names. */
function nest(way: readonly string[], schema: JsonObject, required = true): JsonObject {
  return way.reduceRight<JsonObject>(
    (inner, name) =>
      /^(?:0|[1-9][0-9]*)$/.test(name)
        ? {
            ...(required ? { type: "array", minItems: Number(name) + 1 } : {}),
            prefixItems: [...Array.from({ length: Number(name) }, () => true), inner],
          }
        : { ...(required ? { type: "object", required: [name] } : {}), properties: { [name]: inner } },
    schema,
  );
}

/** Lays two schemas of one object together; what they say twice of a member holds both times. */
function merge(a: JsonObject, b: JsonObject): JsonObject {
  const merged: JsonObject = { ...a };
  for (const [keyword, value] of Object.entries(b)) {
    const before = merged[keyword];
    if (keyword === "properties" && before !== undefined) {
      const properties: JsonObject = { ...(before as JsonObject) };
      for (const [name, schema] of Object.entries(value as JsonObject)) {
        const known = properties[name] as JsonObject | undefined;
        properties[name] = known === undefined ? schema : merge(known, schema as JsonObject);
      }
      merged.properties = properties;
    } else if (keyword === "required" && before !== undefined) {
      merged.required = [...new Set([...(before as string[]), ...(value as string[])])];
    } else if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value)) {
      merged.allOf = [...((merged.allOf as Json[] | undefined) ?? []), { [keyword]: value }];
    } else merged[keyword] = value;
  }
  return merged;
}
