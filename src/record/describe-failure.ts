import { codeOf, describeConnectError, describeTls } from "../recording/connect-error.ts";
import { describeThrown } from "../syntax/thrown.ts";
import { LedBack } from "./refuse-itself.ts";

/** The connection ended without an error. */
export class Closed extends Error {
  readonly code = "ECONNRESET";
}

/** The target answered 101 to a request for nothing of the kind. */
export class UnaskedUpgrade extends Error {}

/** How far an exchange had come when the target's side of it went wrong. */
export interface Progress {
  readonly isConnected: boolean;
  readonly hasHead: boolean;
  readonly isReused: boolean;
  readonly host: string;
}

/** Why the target gave no answer, or only a part of one. */
export function describeFailure(error: unknown, { isConnected, hasHead, isReused, host }: Progress): string {
  const code = codeOf(error);
  if (error instanceof UnaskedUpgrade) return "not HTTP: the server switched to another protocol (101) unasked";
  if (error instanceof LedBack) return "the target is this proxy itself";
  if (code === "HPE_HEADER_OVERFLOW") return "the answer's headers are too large";
  if (code.startsWith("HPE_") && !hasHead && isTlsAlert(error)) return "not HTTP: the server speaks TLS on this port";
  if (code.startsWith("HPE_")) return `not HTTP${hasHead ? " within the answer's content" : ""}: ${reasonOf(error)}`;
  if (code === "ERR_HTTP_INVALID_STATUS_CODE") return "not HTTP: a status below 100";
  if (code === "ERR_INVALID_CHAR") return "not HTTP: characters in its head that none can have";
  if (hasHead)
    return code === "ECONNRESET" ? "the connection was reset or closed within the answer" : "the connection was closed within the answer";
  if (!isConnected) return describeConnectError(error, host);
  if (code === "ECONNRESET" || code === "EPIPE")
    return isReused
      ? "the connection, kept from the request before, was closed before the answer"
      : "the connection was reset or closed before the answer";
  return describeTls(error, code) ?? describeThrown(error);
}

/** A record of TLS that is an alert (RFC 8446, 5.1): what a server says to whom it does not understand. */
function isTlsAlert(error: unknown): boolean {
  const { rawPacket } = error as { readonly rawPacket?: Uint8Array };
  return rawPacket?.[0] === 0x15 && rawPacket[1] === 0x03;
}

function reasonOf(error: unknown): string {
  const { reason = "" } = error as { readonly reason?: string };
  const text = reason === "" ? describeThrown(error).replace(/^Parse Error: */, "") : reason;
  return text.startsWith("Expected HTTP/") ? "it does not begin with HTTP/" : text.charAt(0).toLowerCase() + text.slice(1);
}
