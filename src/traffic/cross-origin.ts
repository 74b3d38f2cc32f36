import type { Exchange } from "../model/exchange.ts";

/**
 * The origin of the page whose script sent a request to another server; undefined = no such script did. Extensions may read what CORS hides
 * from pages, and a form shows its answer to nobody but the browser.
 */
export function crossOriginOf({ request }: Exchange): string | undefined {
  const origin = request.headers.get("origin");
  if (origin === undefined || origin === request.server || !/^https?:\/\//.test(origin)) return undefined;
  const mode = request.headers.get("sec-fetch-mode") ?? "cors";
  return mode === "cors" ? origin : undefined;
}
