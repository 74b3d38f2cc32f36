import type { Exchange } from "../model/exchange.ts";
import { hidesHeaders } from "./page-script.ts";

/**
 * Why a field that is not among the captured ones may have been sent all the same, for `unobservable`; undefined = the capture shows the
 * whole header, for all one can tell. Recordings for tests often keep nothing but what describes the body.
 */
export function whyHeadersHidden(exchange: Exchange): string | undefined {
  if (hidesHeaders(exchange)) return "headers hidden from the page script that made the capture";
  const describeBody = exchange.response.headers.lines().every(([name]) => /^content-/i.test(name));
  return describeBody ? "headers not captured" : undefined;
}
