import type { Envelope, Role, SourceLine } from "../model/contract.ts";
import type { Body, Exchange, Headers } from "../model/exchange.ts";
import { isObject, type Json, type JsonObject } from "../model/json.ts";
import { appendPointer, followTokens, splitPointer } from "../syntax/json-pointer.ts";
import type { SchemaSource } from "../syntax/json-schema.ts";
import { type Condition, makeCondition } from "./condition.ts";
import type { EnvelopeEntry } from "./contract-file.ts";
import { describeSource, type LocatedObject, parseMembers, type Source, type Sources } from "./error-object.ts";
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
  /** `pointers`, split. */
  readonly ways: readonly (readonly string[])[];
  /** Members by which an error object is known, as split pointers in it; empty = any object is one. */
  readonly marks: readonly (readonly string[])[];
  /** It promises nothing of the body: no roles, no schema. */
  readonly bodiless: boolean;
}

export function compileEnvelope(name: string, entry: EnvelopeEntry, source: SourceLine): CompiledEnvelope {
  const sources = parseMembers(entry.members ?? {});
  const when = makeCondition(entry.when);
  const pointers = typeof entry.pointer === "object" ? entry.pointer : [entry.pointer ?? ""];
  return {
    name,
    source,
    intermediary: entry.intermediary ?? false,
    mediaTypes: (entry.mediaTypes ?? ["application/json", "application/*+json"]).map((range) => range.toLowerCase()),
    pointers,
    ways: pointers.map(splitPointer),
    marks: findMarks(sources, entry.required ?? []),
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
  for (const [place, pointer] of envelope.pointers.entries()) {
    const values = errorsAt(envelope, followTokens(root, envelope.ways[place] ?? []));
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

function looksRight({ marks }: CompiledEnvelope, value: JsonObject): boolean {
  return marks.length === 0 || marks.some((tokens) => followTokens(value, tokens) !== undefined);
}

/** One required role's member is enough to know an error object by; any role's where none of the required ones stands in the object. */
function findMarks(sources: Sources, required: readonly Role[]): readonly (readonly string[])[] {
  const marksOf = (list: readonly Source[]) => list.flatMap((source) => (source.kind === "object" ? [source.tokens] : []));
  const marks = marksOf(required.flatMap((role) => sources[role] ?? []));
  return marks.length > 0 ? marks : marksOf(Object.values(sources).flat());
}
