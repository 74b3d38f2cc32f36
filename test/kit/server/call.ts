import type { IncomingHttpHeaders } from "node:http";
import type { Policy } from "./policy.ts";
import type { Store } from "./store.ts";

/** A request as it came in. */
export interface Call {
  readonly method: string;
  /** Path segments, decoded; empty ones (doubled or trailing slashes) left out. */
  readonly path: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  /** Bytes of a body that are read [64 KiB]. */
  readonly longest?: number;
}

/** How often an account may do what costs the API money. */
export interface Caps {
  readonly generations: number;
  readonly regenerations: number;
}

/** What a handler works with. */
export interface Visit {
  readonly call: Call;
  /** "" on public routes. */
  readonly account: string;
  readonly store: Store;
  readonly policy: Policy;
  readonly caps: Caps;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The segments of an address, as a call has them. */
export function segmentsOf(url: string): string[] {
  const [path = "/"] = url.split("?");
  return path
    .split("/")
    .filter((segment) => segment !== "")
    .map(decodeSegment);
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
