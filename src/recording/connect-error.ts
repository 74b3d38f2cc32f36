import { describeThrown } from "../syntax/thrown.ts";

const noTls = "TLS: the server does not speak it on this port";

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
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
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

/** Why no connection came about, by the error's code. */
export function describeConnectError(error: unknown, host: string): string {
  const code = codeOf(error);
  if (code === "ENOTFOUND") return `there is no host ${host}`;
  if (code === "EAI_AGAIN") return `the name ${host} could not be looked up`;
  return connecting[code] ?? describeTls(error, code) ?? `no connection: ${describeThrown(error)}`;
}

/** What TLS complains of; undefined = it is not TLS that does. */
export function describeTls(error: unknown, code: string): string | undefined {
  const certificate = certificates[code];
  if (certificate !== undefined) return `certificate: ${certificate}`;
  if (/^CERT_|_CERT_|_CRL_/.test(code)) return `certificate: ${describeThrown(error)}`;
  if (!/^(?:ERR_SSL_|ERR_TLS_|EPROTO|ERR_OSSL_)/.test(code)) return undefined;
  const reason = reasonOf(error);
  if (/^(?:wrong version number|packet length too long)$/.test(reason)) return noTls;
  const alert = /alert (?:number )?[\w ]*|alert[\w ]*/i.exec(reason)?.[0];
  if (/certificate_required|certificate required/i.test(`${code} ${alert}`)) return "TLS: the server wants a client's certificate";
  return `TLS: ${reason === "" ? code : reason}`;
}

/** OpenSSL's own word for it; where a write meets it, Node has it in the message alone: `error:0A00010B:SSL routines:ssl3_get_record:REASON:…`. */
function reasonOf(error: unknown): string {
  const { reason } = error as { readonly reason?: string };
  return reason ?? /error:[0-9A-F]+:[^:]*:[^:]*:([^:\n]+)/.exec(error instanceof Error ? error.message : "")?.[1] ?? "";
}

/** The code of an error of the system, of TLS or of the parser; "" = none. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : "";
}
