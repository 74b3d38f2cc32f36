import type { Json, JsonObject } from "../../../src/model/json.ts";
import { splitPointer } from "../../../src/syntax/json-pointer.ts";
import type { Answer, Field, Wire } from "./answer.ts";

/** Where an API puts its error object: the built-in contract takes any of them, but only one in an API. */
export const envelopePlaces = ["/detail/error", "/error", ""] as const;
export type EnvelopePlace = (typeof envelopePlaces)[number];

/** Another place than an API's own. */
export function elsewhere(place: EnvelopePlace): EnvelopePlace {
  return place === "/error" ? "" : "/error";
}

/** How errors are written. */
export interface Envelope {
  readonly place: EnvelopePlace;
  /** Sends optional members that have no value as null, instead of leaving them out. */
  readonly nulls: boolean;
}

/** Wraps an error object: `{"detail": {"error": …}}`. */
export function wrap(error: Json, place: EnvelopePlace): Json {
  return splitPointer(place).reduceRight<Json>((inner, member) => ({ [member]: inner }), error);
}

/** No answer may be stored: a refusal would outlive the reason for it. */
const always: readonly Field[] = [["Cache-Control", "no-store"]];

export function render(answer: Answer, envelope: Envelope): Wire {
  const { status } = answer;
  const headers = [...always, ...answer.headers];
  if (answer.kind === "success" && answer.body === undefined) return { status, headers, text: "" };
  const body = answer.kind === "success" ? answer.body : wrap(envelope.nulls ? withNulls(answer.error) : answer.error, envelope.place);
  return { status, headers: [["Content-Type", "application/json"], ...headers], text: JSON.stringify(body) };
}

function withNulls(error: JsonObject): JsonObject {
  return { ...error, code: error.code ?? null, param: error.param ?? null };
}
