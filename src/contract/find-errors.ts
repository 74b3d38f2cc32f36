import type { Contract, Role } from "../model/contract.ts";
import type { Body, Headers } from "../model/exchange.ts";
import { splitPointer } from "../syntax/json-pointer.ts";
import { type CompiledEnvelope, locateErrors } from "./envelope.ts";
import { makeErrorObject } from "./error-object.ts";
import type { Table } from "./narrow.ts";
import { roleFaults } from "./schema-faults.ts";

const noHeaders: Headers = { get: () => undefined, all: () => [], lines: () => [] };

/**
 * Looks for error objects of the default envelope in a body that should hold none. An object counts as one only if
 * it has every required role and a type (where the contract knows no types: a code) that the contract names, and only
 * if the body holds nothing before it.
 */
export function makeErrorFinder(envelope: CompiledEnvelope, table: Table, types: readonly string[]): Contract["findErrors"] {
  const judged = withoutHeaders(envelope);
  const known = new Set(types);
  const byType = known.size > 0 && envelope.sources.type !== undefined;
  const words = wordsOf(judged, byType);
  if (!byType && !table.reservesAny) return () => undefined;
  const first = firstMembers(judged);
  return (body) => {
    if (body.state !== "present" || !body.mayBeginWith(first)) return undefined;
    if (words.some((word) => !body.mayMention(word)) || (byType && !mayHoldOneOf(body, types))) return undefined;
    const parsed = body.json();
    const located = parsed.ok ? locateErrors(judged, parsed.value, noHeaders) : undefined;
    if (located === undefined) return undefined;
    const objects = located.objects.map((object) => makeErrorObject(judged.sources, object));
    const isError = objects.every((object) => {
      const value = object.role(byType ? "type" : "code")?.value;
      return value !== undefined && (byType ? known.has(String(value)) : table.reserves(value)) && roleFaults(judged, object).length === 0;
    });
    return isError ? { pointer: located.pointer, objects } : undefined;
  };
}

/** Most successes are told by their first member: the names with which a body can begin that holds an error object and nothing before it. */
function firstMembers({ pointers, sources }: CompiledEnvelope): ReadonlySet<string> {
  const inObject = Object.values(sources).flatMap((list) =>
    list.flatMap((source) => (source.kind === "header" ? [] : splitPointer(source.pointer).slice(0, 1))),
  );
  return new Set(pointers.flatMap((pointer) => (pointer === "" ? inObject : splitPointer(pointer).slice(0, 1))));
}

/** Only what stands in the body: a success carries whatever header it likes. */
function withoutHeaders(envelope: CompiledEnvelope): CompiledEnvelope {
  const sources = Object.fromEntries(
    Object.entries(envelope.sources).map(([role, list]) => [role, list.filter((source) => source.kind !== "header")]),
  );
  return { ...envelope, sources, required: envelope.required.filter((role) => (sources[role] ?? []).length > 0) };
}

/** Member names that must stand in the text; none for a role that could stand in several places. */
function wordsOf(envelope: CompiledEnvelope, byType: boolean): string[] {
  const needed: readonly Role[] = [...envelope.required, byType ? "type" : "code"];
  const names = needed.flatMap((role) => {
    const sources = envelope.sources[role] ?? [];
    return sources.length === 1 && sources[0] !== undefined && sources[0].kind !== "header"
      ? splitPointer(sources[0].pointer).slice(-1)
      : [];
  });
  return [...new Set(names)].filter(isPlain);
}

function mayHoldOneOf(body: Body, types: readonly string[]): boolean {
  return types.length > 20 || types.some((type) => !isPlain(type) || body.mayMention(type));
}

/** Could it stand in JSON text in one way only, as far as anyone writes it? */
function isPlain(word: string): boolean {
  return /^[\w .:@$-]+$/.test(word);
}
