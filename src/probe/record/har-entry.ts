import { isUtf8 } from "node:buffer";
import type { Json, JsonObject } from "../../model/json.ts";
import type { Ask, HeaderLine } from "../ask.ts";
import type { Received, Sending } from "../wire/wire.ts";
import type { ExchangeMask } from "./masks.ts";

/** What was asked, sent and received: one entry of a recording. */
export interface Recorded {
  /** Its id. */
  readonly probe: string;
  readonly ask: Ask;
  readonly sending: Sending;
  readonly received: Received;
}

/** Methods whose requests say that they have no content (RFC 9110, 8.6). */
const announcing = /^(?:POST|PUT|PATCH|QUERY|PROPFIND|PROPPATCH)$/;

/** The exchange as an entry of HAR 1.2, with nothing in it that the mask hides. */
export function harEntry({ probe, ask, sending, received }: Recorded, mask: ExchangeMask): JsonObject {
  const { status, failure, startedAt, connect, wait, receive, isNewConnection } = received;
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: fraction(connect + wait + receive),
    request: requestOf(sending, mask),
    response: responseOf(received, mask),
    cache: {},
    // HAR's -1: it has no meaning here. Names are looked up and TLS is spoken within `connect`.
    timings: {
      blocked: -1,
      dns: -1,
      connect: isNewConnection || connect > 0 ? fraction(connect) : -1,
      send: 0,
      wait: fraction(wait),
      receive: fraction(receive),
      ssl: -1,
    },
    ...(failure !== undefined || status === 0 ? { _error: mask.text(failure ?? "no answer") } : {}),
    _probe: markOf(probe, ask, mask),
  };
}

function requestOf({ method, url, headers, body }: Sending, mask: ExchangeMask): JsonObject {
  const length = body?.length ?? 0;
  const lines = [
    ["Host", new URL(url).host] as const,
    ...headers.map((line) => mask.requestLine(line)),
    ...(length > 0 || announcing.test(method) ? [["Content-Length", String(length)] as const] : []),
  ];
  const masked = mask.url(url);
  const mimeType = fieldOf(lines, "content-type");
  return {
    method,
    url: masked,
    httpVersion: "HTTP/1.1",
    cookies: lines.flatMap(([name, value]) => (name.toLowerCase() === "cookie" ? value.split(/; */).map(cookieOf) : [])),
    headers: lines.map(([name, value]) => ({ name, value })),
    queryString: [...new URLSearchParams(/\?([^#]*)/.exec(masked)?.[1] ?? "")].map(([name, value]) => ({ name, value })),
    ...(body !== undefined && length > 0
      ? { postData: { mimeType: mimeType ?? "", ...textOf(mask.body(body, false), mimeType) } }
      : mimeType !== undefined
        ? { postData: { mimeType, text: "" } }
        : {}),
    headersSize: -1,
    bodySize: length,
  };
}

function responseOf({ status, reason, httpVersion, headers, ...rest }: Received, mask: ExchangeMask): JsonObject {
  const lines = headers.map((line) => mask.responseLine(line));
  return {
    status,
    statusText: mask.text(reason),
    httpVersion,
    cookies: lines.flatMap(([name, value]) => (name.toLowerCase() === "set-cookie" ? [cookieOf(value.split(";", 1)[0] ?? "")] : [])),
    headers: lines.map(([name, value]) => ({ name, value })),
    content: contentOf(rest, lines, mask),
    redirectURL: fieldOf(lines, "location") ?? "",
    headersSize: -1,
    bodySize: -1,
  };
}

/** `_truncated` is our own word: HAR has none for a body whose end is missing. */
function contentOf(
  { body, isCut, isCoded }: Pick<Received, "body" | "isCut" | "isCoded">,
  lines: readonly HeaderLine[],
  mask: ExchangeMask,
): JsonObject {
  const mimeType = fieldOf(lines, "content-type") ?? "";
  // Nobody can see whether a secret is in what is still coded.
  if (isCoded) return { size: body.length, mimeType, comment: "left out: its Content-Encoding is not known, or was broken" };
  if (isCut && body.length === 0) return { size: -1, mimeType };
  const masked = mask.body(body, isCut);
  return { size: masked.length + (isCut ? 1 : 0), mimeType, ...textOf(masked, mimeType), ...(isCut && { _truncated: true }) };
}

/** Text as it is; what is none, or in another charset, as base64. */
function textOf(bytes: Buffer, mimeType: string | undefined): JsonObject {
  const charset = /;\s*charset\s*=\s*"?([\w:.-]+)/i.exec(mimeType ?? "")?.[1] ?? "utf-8";
  if (isUtf8(bytes) && /^(?:utf-?8|us-ascii)$/i.test(charset)) return { text: bytes.toString() };
  return { text: bytes.toString("base64"), encoding: "base64" };
}

function markOf(probe: string, { level, aims, target, group, pair, purpose }: Ask, mask: ExchangeMask): JsonObject {
  return {
    probe,
    level,
    live: true,
    ...(aims !== undefined && { aims: [...aims] }),
    ...(target !== undefined && { target: { ...target } as Json }),
    ...(group !== undefined && { group: mask.text(group) }),
    ...(pair !== undefined && { pair }),
    purpose: mask.text(purpose),
  };
}

function cookieOf(pair: string): JsonObject {
  const at = pair.indexOf("=");
  return { name: at < 0 ? pair : pair.slice(0, at), value: at < 0 ? "" : pair.slice(at + 1) };
}

function fieldOf(lines: readonly HeaderLine[], name: string): string | undefined {
  return lines.find(([own]) => own.toLowerCase() === name)?.[1];
}

/** Milliseconds to the microsecond. */
function fraction(milliseconds: number): number {
  return Number(milliseconds.toFixed(3));
}
