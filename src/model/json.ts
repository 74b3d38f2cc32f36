/** A JSON value, as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

/** A JSON object: not null, not an array. */
export type JsonObject = { [member: string]: Json };

/** True for a JSON object; false for null, arrays and scalars. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
