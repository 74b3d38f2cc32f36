import type { Json, JsonObject } from "../../../src/model/json.ts";
import { splitPointer } from "../../../src/syntax/json-pointer.ts";
import type { Answer, Wire } from "./answer.ts";

/** Where an API puts its error object: the built-in contract takes any of them, but only one in an API. */
export const envelopePlaces = ["/detail/error", "/error", ""] as const;
export type EnvelopePlace = (typeof envelopePlaces)[number];

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

export function render(answer: Answer, envelope: Envelope): Wire {
  const { status, headers } = answer;
  if (answer.kind === "success") {
    return answer.body === undefined
      ? { status, headers, text: "" }
      : { status, headers: [["Content-Type", "application/json"], ...headers], text: JSON.stringify(answer.body) };
  }
  const error: JsonObject = envelope.nulls ? { ...answer.error, code: answer.error.code ?? null, param: answer.error.param ?? null } : answer.error;
  return { status, headers: [["Content-Type", "application/json"], ...headers], text: JSON.stringify(wrap(error, envelope.place)) };
}
