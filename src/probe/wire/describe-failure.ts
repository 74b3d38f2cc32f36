import { errors } from "undici";
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

/** Codes of the system, of TLS and of undici, as people say it. */
const connecting: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to the host's network",
  ETIMEDOUT: "the host does not answer",
  ECONNRESET: "the connection was reset while it was made",
  EACCES: "the system does not allow the connection",
  EPERM: "the system does not allow the connection",
  UND_ERR_CONNECT_TIMEOUT: "no connection came about in time",
  UND_ERR_SOCKET: "the connection was closed while it was made",
  ERR_SSL_WRONG_VERSION_NUMBER: "TLS: the server does not speak it on this port",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "TLS: the server does not speak it on this port",
};

const certificates: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "it is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its chain ends in one that is signed by itself",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its issuer is not known",
  UNABLE_TO_GET_ISSUER_CERT: "its issuer is not known",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its issuer is not known",
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  CERT_REVOKED: "it was revoked",
  CERT_UNTRUSTED: "it is not trusted",
  CERT_REJECTED: "it is rejected",
  ERR_TLS_CERT_ALTNAME_INVALID: "it is for another host",
};

/** Why no connection came about. */
export function describeConnectError(error: unknown, host: string): string {
  if (error instanceof ConnectFailure) return error.message;
  const code = codeOf(error);
  if (code === "ENOTFOUND") return `there is no host ${host}`;
  if (code === "EAI_AGAIN") return `the name ${host} could not be looked up`;
  return connecting[code] ?? describeTls(error, code) ?? `no connection: ${describeThrown(error)}`;
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

function describeTls(error: unknown, code: string): string | undefined {
  const certificate = certificates[code];
  if (certificate !== undefined) return `certificate: ${certificate}`;
  if (/^CERT_|_CERT_|_CRL_/.test(code)) return `certificate: ${describeThrown(error)}`;
  if (!/^(?:ERR_SSL_|ERR_TLS_|EPROTO|ERR_OSSL_)/.test(code)) return undefined;
  const alert = /alert (?:number )?[\w ]*|alert[\w ]*/i.exec((error as { reason?: string }).reason ?? "")?.[0];
  if (/certificate_required|certificate required/i.test(`${code} ${alert}`)) return "TLS: the server wants a client's certificate";
  return `TLS: ${(error as { reason?: string }).reason ?? code}`;
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

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : "";
}
