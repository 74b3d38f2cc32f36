import type { ErrorAnswer, ErrorObject, Role, SchemaFault } from "../model/contract.ts";
import type { Json } from "../model/json.ts";
import { appendPointer, resolvePointer } from "../syntax/json-pointer.ts";
import { type AjvError, type JsonSchema, makeSchema } from "../syntax/json-schema.ts";
import type { CompiledEnvelope } from "./envelope.ts";
import { placeOf } from "./error-object.ts";
import { roleTypes } from "./role-types.ts";

/** A body can be wrong in a million places; these are enough to mend it by. */
const mostFaults = 20;

/** Judges error bodies against their envelope's schema. Roles are judged without ajv, which the built-in contract then never loads. */
export type JudgeSchema = (answer: ErrorAnswer) => readonly SchemaFault[];

export function makeJudge(): JudgeSchema {
  const schemas = new Map<CompiledEnvelope, JsonSchema>();
  const schemaOf = (envelope: CompiledEnvelope) => {
    const schema = schemas.get(envelope) ?? makeSchema(envelope.schema ?? true);
    schemas.set(envelope, schema);
    return schema;
  };
  return (answer) => {
    const envelope = answer.envelope as CompiledEnvelope | undefined;
    if (envelope === undefined || answer.gateway !== undefined || answer.pointer === undefined) return [];
    const objects = answer.meetings.flatMap((meeting) => meeting.object ?? []);
    const parsed = answer.exchange.response.body.json();
    const own = envelope.schema === undefined || !parsed.ok ? [] : ownFaults(schemaOf(envelope), envelope, objects, parsed.value);
    const byRole = objects.flatMap((object) => roleFaults(envelope, object));
    const told = new Set(byRole.map((fault) => `${fault.pointer} ${fault.keyword}`));
    return [...byRole, ...own.filter((fault) => !told.has(`${fault.pointer} ${fault.keyword}`))].slice(0, mostFaults);
  };
}

/** Required roles that are missing, and roles of the wrong JSON type. */
export function roleFaults(envelope: CompiledEnvelope, object: ErrorObject): SchemaFault[] {
  const faults: SchemaFault[] = [];
  for (const [name, sources] of Object.entries(envelope.sources)) {
    const role = name as Role;
    const found = object.role(role);
    if (found === undefined) {
      if (envelope.required.includes(role)) faults.push(missingFault(role, sources[0] && placeOf(sources[0], object.pointer)));
    } else if (found.place.kind === "body" && !roleTypes[role].fits(found.value)) {
      faults.push({ pointer: found.place.pointer, role, keyword: "type", expected: `must be ${roleTypes[role].text}` });
    }
  }
  return faults;
}

function missingFault(role: Role, place: ReturnType<typeof placeOf> | undefined): SchemaFault {
  if (place?.kind === "header")
    return { pointer: "", role, keyword: "required", expected: `must come with the header field ${place.name}` };
  return { pointer: place?.kind === "body" ? place.pointer : "", role, keyword: "required", expected: "must be present" };
}

function ownFaults(schema: JsonSchema, envelope: CompiledEnvelope, objects: readonly ErrorObject[], root: Json): SchemaFault[] {
  const places = placesOf(envelope, objects);
  return schema.errorsOf(root).flatMap((error) => {
    const missing: unknown = error.params.missingProperty;
    const pointer = typeof missing === "string" ? appendPointer(error.instancePath, missing) : error.instancePath;
    const place = places.get(pointer);
    if (place !== undefined && !place.required && resolvePointer(root, pointer) === null) return [];
    const expected = typeof missing === "string" ? "must be present" : expectationOf(error);
    return [{ pointer, role: place?.role, keyword: error.keyword, expected }];
  });
}

/** ajv's sentence, with the values that it leaves out. */
function expectationOf(error: AjvError): string {
  const values: unknown = error.params.allowedValues ?? (error.keyword === "const" ? [error.params.allowedValue] : undefined);
  if (Array.isArray(values)) return `must be ${values.map((value) => JSON.stringify(value)).join(" or ")}`;
  if (error.keyword === "minLength" && error.params.limit === 1) return "must not be empty";
  return (error.message ?? "must fit the schema").replace("NOT", "not");
}

function placesOf(
  envelope: CompiledEnvelope,
  objects: readonly ErrorObject[],
): Map<string, { readonly role: Role; readonly required: boolean }> {
  const places = new Map<string, { readonly role: Role; readonly required: boolean }>();
  for (const [role, sources] of Object.entries(envelope.sources) as [Role, CompiledEnvelope["sources"][Role] & object][]) {
    for (const object of objects) {
      for (const source of sources) {
        const place = placeOf(source, object.pointer);
        if (place.kind === "body") places.set(place.pointer, { role, required: envelope.required.includes(role) });
      }
    }
  }
  return places;
}
