import type { Contract, Row } from "../../model/contract.ts";
import type { Exchange, Request } from "../../model/exchange.ts";

/** A request that does not prove who sends it. */
export interface Stranger {
  /** `made-up`: a probe sent a credential that opens nothing. */
  readonly credential: "none" | "made-up";
  /** The rows that may answer it; empty = the contract names none. */
  readonly answers: readonly Row[];
  /** It is known without a look at the rest of the capture. */
  readonly isSure: boolean;
}

/** The stranger that an exchange's sender is; undefined = it sent a credential, or its account is named. */
export function strangerOf({ authentication: { missing, invalid } }: Contract, { account, probe }: Exchange): Stranger | undefined {
  // "Bearer" alone or another scheme may count as no credential.
  if (probe?.id === "auth/malformed") return { credential: "made-up", answers: listOf(invalid, missing), isSure: true };
  if (probe?.id === "auth/invalid") return { credential: "made-up", answers: listOf(invalid), isSure: true };
  return account === undefined ? { credential: "none", answers: listOf(missing), isSure: probe?.live === true } : undefined;
}

function listOf(...rows: readonly (Row | undefined)[]): Row[] {
  return rows.flatMap((row) => row ?? []);
}

/** Does the contract say that a request needs a credential? What it does not declare, it does not protect. */
export function isProtected(contract: Contract, request: Request): boolean {
  const { declared, public: open } = contract.authentication;
  if (!declared || open.includes("*")) return false;
  const operations = contract.operationsOf(request);
  return operations.length > 0 && !operations.some(({ name }) => open.includes(name));
}

const secretField = /cookie|auth|token|api-?key|secret|session|signature/i;
/** Those at the end stand in URLs that are signed. */
const secretParameter = /auth|token|key|secret|session|sig|credential|hmac|^(?:hash|policy|expires)$/i;

/** Who logs in sends one in the body. */
const secretMembers = ["password", "client_secret", "refresh_token", "assertion"];

/** Why a request without a declared credential may have been sent with one all the same; undefined = it was not. */
export function whyUnsure({ headers, query, body }: Request): string | undefined {
  const lines = headers.lines();
  // A request of HTTP/1.1 has one header field at least; a capture that shows none has left them out.
  if (lines.length === 0) return "request headers not captured";
  const isLogin = secretMembers.some((name) => body.mayMention(name));
  const isMore =
    isLogin ||
    lines.some(([name]) => secretField.test(name)) ||
    query.split("&").some((pair) => secretParameter.test(pair.split("=", 1)[0] ?? ""));
  return isMore ? "a credential that the contract does not declare" : undefined;
}
