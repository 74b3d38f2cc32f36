import type { ParsedJson } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";

/** JSON.parse whose complaint is one line. */
export function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    return { ok: false, reason: (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").slice(0, 200) };
  }
}
