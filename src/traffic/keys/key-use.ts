import { type Contract, type ErrorAnswer, type Idempotency, rowsLeft } from "../../model/contract.ts";
import type { Account, Exchange } from "../../model/exchange.ts";
import type { Witness } from "../../model/rule.ts";
import { splitPointer } from "../../syntax/json-pointer.ts";
import { encodePercent } from "../../syntax/percent-encoding.ts";
import { type BodyDigest, digestBody } from "../body-digest.ts";
import { type Moment, momentOf } from "../moment.ts";
import { hidesHeaders } from "../page-script.ts";
import { requestFingerprint } from "../request-fingerprint.ts";
import { identityOf, keepableIdentity, type ResourceIdentity } from "./resource-identity.ts";

/** One request that carried an idempotency key, and what came of it. */
export interface KeyUse {
  readonly account: Account | undefined;
  readonly moment: Moment;
  /** undefined: the body was not captured. */
  readonly fingerprint: string | undefined;
  /** The path names what the answer is about, or the answer names nothing. */
  readonly namesItself: boolean;
  readonly status: number;
  /**
   * `done`: 2xx; `refused`: an error that a server may store with the key; `reuse`: the contract's answer to a key that belongs to another
   * request.
   */
  readonly outcome: "done" | "refused" | "reuse";
  /** The error names a parameter it is about. */
  readonly blamesParam: boolean;
  readonly identity: ResourceIdentity;
  /** undefined: not captured, or nothing in the contract asks for it. */
  readonly body: BodyDigest | undefined;
  /** Does the answer carry the field that marks a replay? `unknown`: the capture does not show, or the contract names no field. */
  readonly mark: "present" | "absent" | "unknown";
  /** A witness of a use that is kept. */
  readonly on: Exchange | ErrorAnswer | Witness;
}

/** `passing`: an answer that says nothing of the key: limits, authentication, faults of the server, still in flight. */
export function outcomeOf(contract: Contract, { response: { status } }: Exchange, answer: ErrorAnswer | undefined) {
  if (answer === undefined) return status >= 200 && status < 300 ? "done" : "passing";
  if (answer.gateway !== undefined || status >= 500 || [401, 407, 408, 425, 429].includes(status)) return "passing";
  const rows = answer.meetings.flatMap(rowsLeft);
  const { idempotency, authentication } = contract;
  const passing = [idempotency?.missing, idempotency?.inFlight, authentication.missing, authentication.invalid];
  if (rows.some((row) => passing.includes(row))) return "passing";
  return idempotency?.reuse !== undefined && rows.includes(idempotency.reuse) ? "reuse" : "refused";
}

/** Reads the use an exchange makes of its key. */
export function readKeyUse(contract: Contract, exchange: Exchange, known: Pick<KeyUse, "outcome" | "blamesParam" | "on">): KeyUse {
  const { request, response, account } = exchange;
  const { replay, replayHeader } = contract.idempotency ?? {};
  const identity = identityOf(response);
  return {
    ...known,
    account,
    moment: momentOf(exchange),
    fingerprint: requestFingerprint(request),
    namesItself: namesItself(request.path, identity),
    status: response.status,
    identity: keepableIdentity(identity),
    body: replay === "same-effect" && replayHeader === undefined ? undefined : digestBody(response.body, volatileIn(contract)),
    mark: markOf(exchange, replayHeader),
  };
}

/** Is a use's answer one that a server must keep for the key? */
export function isStored({ replay, inFlight }: Idempotency, { outcome, status }: KeyUse): boolean {
  if (outcome === "done") return true;
  // A conflict may mean that the first request is under way still, where the contract has no row of its own for that.
  return replay === "same-response" && outcome === "refused" && (status !== 409 || inFlight !== undefined);
}

/** One account by its credential; without one, one capture. */
export function ofOneAccount(a: KeyUse, b: KeyUse): boolean {
  if (a.account === undefined || b.account === undefined)
    return a.account === b.account && a.moment.origin.capture === b.moment.origin.capture;
  return a.account.id === b.account.id;
}

/** Two uses of one key that are known to be one request of one account. */
export function ofOneRequest(a: KeyUse, b: KeyUse): boolean {
  return ofOneAccount(a, b) && a.fingerprint !== undefined && a.fingerprint === b.fingerprint;
}

/** The members in which a contract's envelopes tell a request's id. */
function volatileIn({ envelopes }: Contract): ReadonlySet<string> {
  const sources = envelopes.flatMap(({ members }) => members.requestId ?? []);
  return new Set(sources.flatMap((source) => splitPointer(source.replace(/^#/, "")).at(-1) ?? []));
}

function markOf(exchange: Exchange, name: string | undefined): KeyUse["mark"] {
  if (name === undefined) return "unknown";
  const { headers } = exchange.response;
  if (headers.get(name) !== undefined) return "present";
  return hidesHeaders(exchange) || headers.lines().length === 0 ? "unknown" : "absent";
}

function namesItself(path: string, { id, location }: ResourceIdentity): boolean {
  const name = id ?? location?.split("/").at(-1) ?? "";
  return name === "" || path.split("/").includes(encodePercent(name));
}
