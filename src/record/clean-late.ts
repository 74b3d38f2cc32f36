import { isUtf8 } from "node:buffer";
import type { Json, JsonObject } from "../model/json.ts";
import type { ExchangeMask } from "../recording/exchange-mask.ts";

/** Takes secrets that were learnt later out of an entry: the key that one answer hands out is a credential in the next request. */
export function cleanLate(entry: JsonObject, mask: ExchangeMask): JsonObject {
  const text = JSON.stringify(entry);
  // One look at the whole tells of most entries that there is nothing in them; not of what is coded, nor of an end that was cut.
  const isPlain = !/"encoding":"base64"|"_truncated":true/.test(text);
  return isPlain && mask.text(text) === text ? entry : cleanObject(entry, mask);
}

function cleanObject(object: JsonObject, mask: ExchangeMask): JsonObject {
  const isBody = typeof object.text === "string" && typeof object.mimeType === "string";
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, isBody && name === "text" ? cleanBody(object, mask) : clean(name, value, mask)]),
  );
}

function clean(name: string, value: Json, mask: ExchangeMask): Json {
  if (typeof value === "string") return name === "url" ? mask.url(value) : mask.text(value);
  if (Array.isArray(value)) return value.map((each: Json) => clean("", each, mask));
  return typeof value === "object" && value !== null ? cleanObject(value as JsonObject, mask) : value;
}

function cleanBody({ text, encoding, _truncated }: JsonObject, mask: ExchangeMask): string {
  const isCoded = encoding === "base64";
  const bytes = Buffer.from(text as string, isCoded ? "base64" : "utf8");
  const masked = mask.body(bytes, _truncated === true);
  return isCoded ? masked.toString("base64") : isUtf8(masked) ? masked.toString() : (text as string);
}
