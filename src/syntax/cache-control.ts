import type { Headers } from "../model/exchange.ts";
import { parseHttpDate } from "./http-date.ts";

/** Statuses that a cache may store without being told to (RFC 9110 15.1). */
const storable: ReadonlySet<number> = new Set([200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501]);

/** The directives of a Cache-Control field, lower case; "" for one without a value. */
export function cacheDirectives(field: string | undefined): Map<string, string> {
  const directives = new Map<string, string>();
  for (const [, name = "", quoted, token] of (field ?? "").matchAll(/([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,;"]*)))?/g))
    directives.set(name.toLowerCase(), quoted ?? token ?? "");
  return directives;
}

/**
 * May a cache answer the next request with this response without asking the server (RFC 9111 3, 4.2)? By the freshness it states, else
 * by the heuristics that its status allows.
 */
export function mayBeReused(status: number, headers: Headers): boolean {
  const directives = cacheDirectives(headers.get("cache-control"));
  if (directives.has("no-store") || directives.has("no-cache") || headers.get("vary")?.trim() === "*") return false;
  const maxAge = directives.get("max-age");
  if (maxAge !== undefined) return Number(maxAge) > 0;
  const expires = headers.get("expires");
  if (expires !== undefined) {
    const end = parseHttpDate(expires)?.at;
    const sent = parseHttpDate(headers.get("date") ?? "")?.at;
    return end !== undefined && (sent === undefined || end > sent);
  }
  return storable.has(status) || directives.has("public");
}
