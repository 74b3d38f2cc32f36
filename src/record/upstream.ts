import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { HeaderLine } from "../recording/header-line.ts";
import { valuesOf } from "./fields.ts";
import type { Target } from "./target.ts";

/** Bytes of a head that pass, in either direction. */
export const largestHead = 256 << 10;

/** How far the target's certificate is trusted. */
export interface Trust {
  /** PEM text of authorities to trust beside the usual ones. */
  readonly ca?: readonly string[];
  /** True: any certificate is taken. */
  readonly insecure?: boolean;
}

/** A request's head as it goes out. */
export interface OutgoingHead {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly HeaderLine[];
}

/** Connections to the target: warm ones are used again. */
export interface Upstream {
  /** Begins a request. Nothing is sent before it is written to or ended. */
  begin(head: OutgoingHead): ClientRequest;
  close(): void;
}

/** Opens the way to a target, and to nowhere else. */
export function openUpstream({ hostname, port, isSecure }: Target, { ca, insecure = false }: Trust): Upstream {
  const pool = { keepAlive: true, scheduling: "lifo" } as const;
  const agent = isSecure
    ? new HttpsAgent({ ...pool, rejectUnauthorized: !insecure, ...(ca !== undefined && { ca: [...ca] }) })
    : new HttpAgent(pool);
  const open = isSecure ? httpsRequest : httpRequest;
  return {
    begin({ method, path, headers }) {
      const options = { agent, host: hostname, port, method, path, maxHeaderSize: largestHead, setHost: false };
      const isBare = !["content-length", "transfer-encoding"].some((name) => valuesOf(headers, name).length > 0);
      if (!isBare) return withoutLimit(open({ ...options, headers: headers.flat() }));
      // Node would frame a body that is not there; where it cannot know that yet, lines of one name stand together.
      const out = withoutLimit(open(options));
      out.useChunkedEncodingByDefault = false;
      for (const [name, values] of byName(headers)) out.setHeader(name, values.length === 1 ? (values[0] as string) : values);
      return out;
    },
    close: () => agent.destroy(),
  };
}

/** Each field by the name of its first line. One pass: a head of a quarter megabyte holds many lines. */
function byName(headers: readonly HeaderLine[]): Iterable<readonly [name: string, values: string[]]> {
  const fields = new Map<string, readonly [name: string, values: string[]]>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const field = fields.get(lower);
    if (field === undefined) fields.set(lower, [name, [value]]);
    else field[1].push(value);
  }
  return fields.values();
}

/** Lines are limited by their size alone. */
function withoutLimit(out: ClientRequest): ClientRequest {
  out.maxHeadersCount = 0;
  return out;
}
