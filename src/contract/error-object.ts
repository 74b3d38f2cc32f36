import { type ErrorObject, type Role, type RoleValue, roles } from "../model/contract.ts";
import type { Headers } from "../model/exchange.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { followTokens, splitPointer } from "../syntax/json-pointer.ts";
import { isAbsent } from "./matcher.ts";

/** Where a role's value stands. */
export type Source = PlacedInBody | { readonly kind: "header"; readonly name: string };

interface PlacedInBody {
  /** Where the pointer starts: at the error object, or at the body's root. */
  readonly kind: "object" | "root";
  readonly pointer: string;
  /** The pointer, split. */
  readonly tokens: readonly string[];
}

/** Each role's sources, in the order they are looked at. */
export type Sources = Readonly<Partial<Record<Role, readonly Source[]>>>;

type SourceEntry = string | { readonly header: string };

/** `members` of an envelope entry. */
export function parseMembers(members: Readonly<Partial<Record<Role, SourceEntry | readonly SourceEntry[]>>>): Sources {
  const sources: Partial<Record<Role, readonly Source[]>> = {};
  for (const role of roles) {
    const entry = members[role];
    if (entry !== undefined)
      sources[role] = (Array.isArray(entry) ? (entry as readonly SourceEntry[]) : [entry as SourceEntry]).map(parseSource);
  }
  return sources;
}

/** As a contract writes it: `/code`, `#/request_id`, `header request-id`. */
export function describeSource(source: Source): string {
  return source.kind === "header" ? `header ${source.name}` : source.kind === "root" ? `#${source.pointer}` : source.pointer;
}

/** A role's value and where it was found: the first source that is there and not null. */
export function readRole(sources: readonly Source[] | undefined, object: LocatedObject): RoleValue | undefined {
  for (const source of sources ?? []) {
    const value = valueAt(source, object);
    if (!isAbsent(value)) return { value, place: placeOf(source, object.pointer) };
  }
  return undefined;
}

/** An error object, and where it was found. */
export interface LocatedObject {
  /** From the body's root. */
  readonly pointer: string;
  readonly value: JsonObject;
  readonly root: Json;
  readonly headers: Headers;
}

export function makeErrorObject(sources: Sources, object: LocatedObject): ErrorObject {
  // Every row asks anew.
  const known: Partial<Record<Role, { readonly found: RoleValue | undefined }>> = {};
  const role = (name: Role) => {
    let read = known[name];
    if (read === undefined) {
      read = { found: readRole(sources[name], object) };
      known[name] = read;
    }
    return read.found;
  };
  return { pointer: object.pointer, value: object.value, role };
}

/** The value at one source; undefined where there is none. */
function valueAt(source: Source, object: LocatedObject): Json | undefined {
  if (source.kind === "header") return object.headers.get(source.name);
  return followTokens(source.kind === "root" ? object.root : object.value, source.tokens);
}

/** Where a source stands (or should) for an object at `pointer`. */
export function placeOf(source: Source, pointer: string): RoleValue["place"] {
  if (source.kind === "header") return { kind: "header", name: source.name };
  return { kind: "body", pointer: source.kind === "root" ? source.pointer : pointer + source.pointer };
}

function parseSource(entry: SourceEntry): Source {
  if (typeof entry === "object") return { kind: "header", name: entry.header };
  const pointer = entry.replace(/^#/, "");
  return { kind: pointer === entry ? "object" : "root", pointer, tokens: splitPointer(pointer) };
}
