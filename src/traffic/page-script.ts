import type { Exchange } from "../model/exchange.ts";

/** The response fields that a script may read of any cross-origin answer (Fetch, "CORS-safelisted response-header name"). */
const safelisted: ReadonlySet<string> = new Set([
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
  "pragma",
]);

/**
 * True where the capture looks as if a script in a page had made it: a cross-origin answer that shows nothing but what such a script may
 * read. The server may have sent any other field, Retry-After among them, so none can be called missing.
 */
export function hidesHeaders(exchange: Exchange): boolean {
  if (exchange.request.headers.get("origin") === undefined) return false;
  return exchange.response.headers.lines().every(([name]) => safelisted.has(name.toLowerCase()));
}
