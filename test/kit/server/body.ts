import { isObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import { Refused } from "./answer.ts";
import type { Call } from "./call.ts";
import { refusals } from "./refusals.ts";

/** Bytes. */
const largest = 64 * 1024;

/** The members of a JSON body; an empty body has none. Anything else is refused with a 400. */
export function readBody(call: Call): JsonObject {
  if (call.body.byteLength === 0) return {};
  const { longest = largest } = call;
  if (call.body.byteLength > longest) throw invalid("body_too_large", `The body is longer than ${longest} bytes.`);
  if (!/^application\/json\s*(;|$)/i.test(call.headers["content-type"] ?? "")) {
    throw invalid("unsupported_media_type", "The body must be sent as application/json.");
  }
  const value = parse(call.body);
  if (!isObject(value)) throw invalid("malformed_body", "The body must be a JSON object.");
  return value;
}

/** A member that must be a string with something in it. */
export function readText(body: JsonObject, param: string): string {
  const text = readOptionalText(body, param);
  if (text === undefined) throw invalid("field_required", `The field '${param}' is required.`, param);
  return text;
}

export function readOptionalText(body: JsonObject, param: string): string | undefined {
  const value = body[param];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value.trim() === "") throw invalid("field_invalid", `The field '${param}' must be a text.`, param);
  return value;
}

function parse(bytes: Uint8Array): Json {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const value: Json = JSON.parse(text);
    if (countNames(text) === countMembers(value)) return value;
  } catch {
    throw invalid("malformed_body", "The body is not JSON.");
  }
  throw invalid("malformed_body", "The body names a member twice.");
}

/** Of JSON: the strings before a colon. */
function countNames(text: string): number {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;
}

function countMembers(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  const children = Object.values(value).reduce((sum: number, child) => sum + countMembers(child), 0);
  return children + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

function invalid(code: string, message: string, param?: string): Refused {
  return new Refused(refusals.invalid(code, message, param));
}
