import { errors } from "undici";
import { codeOf, describeTls } from "../../recording/connect-error.ts";
import { describeThrown } from "../../syntax/thrown.ts";

/** No connection came about; the message is for people. */
export class ConnectFailure extends Error {}

/** The wire itself gave the request up; the message is for people. */
export class GivenUp extends Error {}

/** How far an exchange had come when it went wrong. */
export interface Progress {
  /** The head of the final answer is known. */
  readonly hasHead: boolean;
  /** Something of an answer came, whatever it was. */
  readonly hasBytes: boolean;
  /** The connection had carried another request before. */
  readonly isReused: boolean;
  /** What the answer says of its own length. */
  readonly length: "content-length" | "chunked" | "unknown";
}

/** Why an exchange has no answer, or only a part of one. */
export function describeExchangeError(error: unknown, progress: Progress): string {
  if (error instanceof ConnectFailure || error instanceof GivenUp) return error.message;
  const { hasHead, hasBytes, isReused, length } = progress;
  const code = codeOf(error);
  if (code === "UND_ERR_INVALID_ARG" || code === "UND_ERR_NOT_SUPPORTED") return `it cannot be sent: ${describeThrown(error)}`;
  if (code === "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH") return "it cannot be sent: its Content-Length is not its body's length";
  if (code === "UND_ERR_HEADERS_OVERFLOW") return "the answer's headers are too large";
  if (code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH")
    return hasHead ? "the answer ended before its Content-Length" : "not HTTP: it has two lengths that contradict one another";
  if (isProtocolError(error)) {
    const reason = reasonOf(error);
    if (hasHead) return `not HTTP within the answer's content: ${reason}`;
    return isReused ? `not HTTP, or left over from the answer before it: ${reason}` : `not HTTP: ${reason}`;
  }
  if (code === "UND_ERR_SOCKET" && /^bad upgrade/.test(describeThrown(error)))
    return "not HTTP: the server switched to another protocol (101) unasked";
  if (code === "UND_ERR_SOCKET" && /^bad response/.test(describeThrown(error))) return "not HTTP: an answer that nothing asked for";
  const tls = describeTls(error, code);
  if (tls !== undefined) return tls;
  if (hasHead) {
    if (code === "ECONNRESET") return "the connection was reset within the answer";
    if (length === "unknown") return "the connection was closed within the answer";
    return `the answer ended before its ${length === "chunked" ? "last chunk" : "Content-Length"}`;
  }
  if (hasBytes) return "the connection was closed within the answer's head";
  const how = code === "ECONNRESET" || code === "EPIPE" ? "reset" : "closed";
  return isReused
    ? `the connection, kept from the request before, was ${how} before the answer`
    : `the connection was ${how} before the answer`;
}

/** Was a kept connection closed before anything came back? Such a request most likely was never served (RFC 9112, 9.3.1). */
export function isStale(error: unknown, { hasBytes, isReused }: Progress): boolean {
  return isReused && !hasBytes && ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"].includes(codeOf(error));
}

/** `10 s`, `0.5 s` */
export function secondsText(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toPrecision(3))} s`;
}

/** The parser's complaint, or that of undici's own checks of what the parser gave it. */
function isProtocolError(error: unknown): boolean {
  return error instanceof errors.HTTPParserError || codeOf(error) === "ERR_ASSERTION";
}

function reasonOf(error: unknown): string {
  if (codeOf(error) === "ERR_ASSERTION") return "a status below 100";
  const text = describeThrown(error);
  const reason = /\((.*)\)$/s.exec(text)?.[1] ?? text;
  return reason.startsWith("Expected HTTP/") ? "it does not begin with HTTP/" : reason.charAt(0).toLowerCase() + reason.slice(1);
}
