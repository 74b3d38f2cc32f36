import type { Headers } from "../model/exchange.ts";
import { cacheDirectives } from "./cache-control.ts";
import { parseHttpDate } from "./http-date.ts";

/** The field by which a response asks to be kept by caches and answered with again, and what it says. */
export interface StatedFreshness {
  readonly field: "Cache-Control" | "Expires";
  readonly value: string;
}

/**
 * Does a response itself say that caches may answer with it again, heuristics aside (RFC 9111 4.2)? By a lifetime above zero, for whichever
 * cache, by `public` without a lifetime, or by an Expires after its Date.
 */
export function statedFreshness(headers: Headers): StatedFreshness | undefined {
  const value = headers.get("cache-control");
  const directives = cacheDirectives(value);
  if (directives.has("no-store") || directives.has("no-cache") || headers.get("vary")?.trim() === "*") return undefined;
  const lifetimes = ["max-age", "s-maxage"].flatMap((name) => directives.get(name) ?? []);
  if (value !== undefined && (lifetimes.some((seconds) => Number(seconds) > 0) || (lifetimes.length === 0 && directives.has("public"))))
    return { field: "Cache-Control", value };
  const expires = headers.get("expires");
  if (expires === undefined || lifetimes.length > 0) return undefined;
  const [end, sent] = [expires, headers.get("date") ?? ""].map((date) => parseHttpDate(date)?.at);
  return end !== undefined && sent !== undefined && end > sent ? { field: "Expires", value: expires } : undefined;
}
