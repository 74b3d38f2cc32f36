import type { Envelope, SourceLine } from "../model/contract.ts";
import type { Body, Exchange, Headers } from "../model/exchange.ts";
import { isObject, type Json, type JsonObject } from "../model/json.ts";
import { appendPointer, resolvePointer } from "../syntax/json-pointer.ts";
import { type Condition, makeCondition } from "./condition.ts";
import type { EnvelopeEntry } from "./contract-file.ts";
import { describeSource, type LocatedObject, parseMembers, type Sources } from "./error-object.ts";
import type { SchemaSource } from "./json-schema.ts";
import { errorStatuses, type StatusRange } from "./status-set.ts";

/** An envelope with what the compiler knows of it. */
export interface CompiledEnvelope extends Envelope {
  readonly sources: Sources;
  /** The statuses that can be an error of this envelope. */
  readonly status: StatusRange;
  readonly when: Condition;
  /** undefined = all. */
  readonly operations: readonly string[] | undefined;
  readonly schema: SchemaSource | undefined;
  /** It promises nothing of the body: no roles, no schema. */
  readonly bodiless: boolean;
}

export function compileEnvelope(name: string, entry: EnvelopeEntry, source: SourceLine): CompiledEnvelope {
  const sources = parseMembers(entry.members ?? {});
  const when = makeCondition(entry.when);
  return {
    name,
    source,
    intermediary: entry.intermediary ?? false,
    mediaTypes: (entry.mediaTypes ?? ["application/json", "application/*+json"]).map((range) => range.toLowerCase()),
    pointers: typeof entry.pointer === "object" ? entry.pointer : [entry.pointer ?? ""],
    array: entry.array ?? false,
    members: Object.fromEntries(Object.entries(sources).map(([role, list]) => [role, list.map(describeSource)])),
    required: entry.required ?? [],
    sources,
    status: when.status ?? errorStatuses,
    when,
    operations: namesOf(entry.operations),
    schema: entry.schema,
    bodiless: Object.keys(sources).length === 0 && entry.schema === undefined,
  };
}

/** `['*']` and nothing both mean all. */
export function namesOf(operations: readonly string[] | undefined): readonly string[] | undefined {
  return operations === undefined || operations.includes("*") ? undefined : operations;
}

/** The error objects of a body and the pointer that led to them; undefined where no pointer does. */
export interface Located {
  readonly pointer: string;
  readonly objects: readonly LocatedObject[];
}

export function locateErrors(envelope: CompiledEnvelope, root: Json, headers: Headers): Located | undefined {
  for (const pointer of envelope.pointers) {
    const values = errorsAt(envelope, resolvePointer(root, pointer));
    if (values === undefined || !values.some((value) => looksRight(envelope, value))) continue;
    const objects = values.map((value, index) => ({
      pointer: envelope.array === false ? pointer : appendPointer(pointer, index),
      value,
      root,
      headers,
    }));
    return { pointer, objects: envelope.array === "first" ? objects.slice(0, 1) : objects };
  }
  return undefined;
}

/** Can the body be read at all? Where not, what it says is unknown, not absent. */
export function isReadable(exchange: Exchange): boolean {
  const { status, body } = exchange.response;
  return exchange.request.method !== "HEAD" && status !== 204 && status !== 304 && isWhole(body);
}

function isWhole(body: Body): boolean {
  return body.state !== "not-captured" && !body.truncated;
}

function errorsAt(envelope: CompiledEnvelope, value: Json | undefined): readonly JsonObject[] | undefined {
  if (envelope.array === false) return isObject(value) ? [value] : undefined;
  return Array.isArray(value) && value.length > 0 && value.every(isObject) ? (value as JsonObject[]) : undefined;
}

/** One required role's member is enough to know an error object by; any role's where none of the required ones stands in the object. */
function looksRight(envelope: CompiledEnvelope, value: JsonObject): boolean {
  const all = Object.values(envelope.sources).flat();
  const required = envelope.required.flatMap((role) => envelope.sources[role] ?? []);
  for (const sources of [required, all]) {
    const pointers = sources.flatMap((source) => (source.kind === "object" ? source.pointer : []));
    if (pointers.length > 0) return pointers.some((pointer) => resolvePointer(value, pointer) !== undefined);
  }
  return true;
}
