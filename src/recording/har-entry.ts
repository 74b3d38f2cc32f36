import { isUtf8 } from "node:buffer";
import type { JsonObject } from "../model/json.ts";
import type { HeaderLine } from "./header-line.ts";

/** Takes secrets out of the parts of one exchange. */
export interface EntryMask {
  text(text: string): string;
  url(url: string): string;
  responseLine(line: HeaderLine): HeaderLine;
  /** undefined: it cannot be shown without its secrets. */
  requestBody(body: Uint8Array): Buffer | undefined;
  body(body: Uint8Array, isCut: boolean): Buffer | undefined;
}

/** What is said in place of a body that `EntryMask` could not clean. */
const notMasked = "left out: it holds what looks like a secret, and would be no JSON without it";

/** A request as it was sent. */
export interface SentRequest {
  readonly method: string;
  /** Absolute, and not masked yet. */
  readonly url: string;
  readonly httpVersion: string;
  /** All lines in their order, masked already. */
  readonly headers: readonly HeaderLine[];
  /** Out of its Content-Encoding; undefined = none, or it is not known. */
  readonly body: Uint8Array | undefined;
  /** Its length on the wire. */
  readonly bodySize: number;
  /** Why a body that was sent is left out, for people. */
  readonly leftOut?: string;
}

/** What came back. Times are milliseconds; `startedAt` since the epoch. */
export interface ReceivedAnswer {
  /** 0 = no answer. */
  readonly status: number;
  readonly reason: string;
  readonly httpVersion: string;
  /** As they came. */
  readonly headers: readonly HeaderLine[];
  /** Decoded from its Content-Encoding. */
  readonly body: Uint8Array;
  /** The body is longer than what was read. */
  readonly isCut: boolean;
  /** True: the body is still in a Content-Encoding, which is not known or was broken. */
  readonly isCoded?: boolean;
  /** What went wrong on the way, for people; undefined = nothing. */
  readonly failure: string | undefined;
  readonly startedAt: number;
  /** Until a connection was there; 0 on a warm one. */
  readonly connect: number;
  /** From the connection to the request's last byte [0: not told apart]. */
  readonly send?: number;
  /** From the request's last byte to the response's first. */
  readonly wait: number;
  /** From the response's first byte to its last. */
  readonly receive: number;
  readonly isNewConnection: boolean;
  /** IP address of the server. */
  readonly serverAddress?: string;
}

/** The exchange as an entry of HAR 1.2, with nothing in it that the mask hides. `more`: members of our own. */
export function harEntry(sent: SentRequest, received: ReceivedAnswer, mask: EntryMask, more: JsonObject): JsonObject {
  const { status, failure, startedAt, connect, send = 0, wait, receive, isNewConnection, serverAddress } = received;
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: fraction(connect + send + wait + receive),
    request: requestOf(sent, mask),
    response: responseOf(received, mask),
    cache: {},
    // HAR's -1: it has no meaning here. Names are looked up and TLS is spoken within `connect`.
    timings: {
      blocked: -1,
      dns: -1,
      connect: isNewConnection || connect > 0 ? fraction(connect) : -1,
      send: fraction(send),
      wait: fraction(wait),
      receive: fraction(receive),
      ssl: -1,
    },
    ...(serverAddress !== undefined && { serverIPAddress: serverAddress }),
    ...(failure !== undefined || status === 0 ? { _error: mask.text(failure ?? "no answer") } : {}),
    ...more,
  };
}

function requestOf({ method, url, httpVersion, headers: lines, body, bodySize, leftOut }: SentRequest, mask: EntryMask): JsonObject {
  const masked = mask.url(url);
  const mimeType = fieldOf(lines, "content-type");
  return {
    method,
    url: masked,
    httpVersion,
    cookies: lines.flatMap(([name, value]) => (name.toLowerCase() === "cookie" ? value.split(/; */).map(cookieMember) : [])),
    headers: lines.map(([name, value]) => ({ name, value })),
    queryString: [...new URLSearchParams(/\?([^#]*)/.exec(masked)?.[1] ?? "")].map(([name, value]) => ({ name, value })),
    ...postDataOf(body, leftOut, mimeType, mask),
    headersSize: -1,
    bodySize,
  };
}

function postDataOf(body: Uint8Array | undefined, leftOut: string | undefined, mimeType: string | undefined, mask: EntryMask): JsonObject {
  if (leftOut !== undefined) return { postData: { mimeType: mimeType ?? "", comment: leftOut } };
  if (body === undefined || body.length === 0) return mimeType === undefined ? {} : { postData: { mimeType, text: "" } };
  const masked = mask.requestBody(body);
  return { postData: { mimeType: mimeType ?? "", ...(masked === undefined ? { comment: notMasked } : textOf(masked, mimeType)) } };
}

function responseOf({ status, reason, httpVersion, headers, ...rest }: ReceivedAnswer, mask: EntryMask): JsonObject {
  const lines = headers.map((line) => mask.responseLine(line));
  return {
    status,
    statusText: mask.text(reason),
    httpVersion,
    cookies: lines.flatMap(([name, value]) => (name.toLowerCase() === "set-cookie" ? [cookieMember(value.split(";", 1)[0] ?? "")] : [])),
    headers: lines.map(([name, value]) => ({ name, value })),
    content: contentOf(rest, lines, mask),
    redirectURL: fieldOf(lines, "location") ?? "",
    headersSize: -1,
    bodySize: -1,
  };
}

/** `_truncated` is our own word: HAR has none for a body whose end is missing. */
function contentOf(
  { body, isCut, isCoded }: Pick<ReceivedAnswer, "body" | "isCut" | "isCoded">,
  lines: readonly HeaderLine[],
  mask: EntryMask,
): JsonObject {
  const mimeType = fieldOf(lines, "content-type") ?? "";
  // Nobody can see whether a secret is in what is still coded.
  if (isCoded) return { size: body.length, mimeType, comment: "left out: its Content-Encoding is not known, or was broken" };
  if (isCut && body.length === 0) return { size: -1, mimeType };
  const masked = mask.body(body, isCut);
  if (masked === undefined) return { size: body.length, mimeType, comment: notMasked };
  return { size: masked.length + (isCut ? 1 : 0), mimeType, ...textOf(masked, mimeType), ...(isCut && { _truncated: true }) };
}

/** Text as it is; what is none, or in another charset, as base64. */
function textOf(bytes: Buffer, mimeType: string | undefined): JsonObject {
  const charset = /;\s*charset\s*=\s*"?([\w:.-]+)/i.exec(mimeType ?? "")?.[1] ?? "utf-8";
  if (isUtf8(bytes) && /^(?:utf-?8|us-ascii)$/i.test(charset)) return { text: bytes.toString() };
  return { text: bytes.toString("base64"), encoding: "base64" };
}

function cookieMember(pair: string): JsonObject {
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
