import type { Contract, ErrorAnswer } from "../../model/contract.ts";
import type { Exchange, Request } from "../../model/exchange.ts";
import { isObject, type Json } from "../../model/json.ts";
import { canonicalJson } from "../../syntax/canonical-json.ts";
import { parseHttpDate } from "../../syntax/http-date.ts";
import { splitPointer } from "../../syntax/json-pointer.ts";
import { remembered } from "../../syntax/remembered.ts";
import { readRetryAfter, secondsOf } from "../../syntax/retry-after.ts";
import { isForeignVoice } from "../duty.ts";
import { momentOf } from "../moment.ts";
import { digest, requestFingerprint } from "../request-fingerprint.ts";
import { isScenarioName } from "../scenario-name.ts";
import { keepable, shortened } from "../shortened.ts";
import { LineSum } from "../text-sum.ts";
import { judgeRetryAfter } from "../waits/retry-after-verdict.ts";
import type { Attempt, ChangeCounts } from "./attempt.ts";
import { conductAfter } from "./retry-conduct.ts";

/** An attempt of which it is not known yet whether others belong to it. */
type ReadAttempt = Omit<Attempt, "witness"> & { witness: Attempt["witness"] };

/** Reads an exchange as an attempt; `answer` undefined: it was done, or got no answer at all. */
export function readAttempt(
  contract: Contract,
  exchange: Exchange,
  answer: ErrorAnswer | undefined,
  changesBefore: ChangeCounts,
): ReadAttempt {
  const { request, response, account, label } = exchange;
  const conduct = answer && conductAfter(answer, contract);
  const verdict = answer && judgeRetryAfter(answer, contract);
  const date = parseHttpDate(response.headers.get("date") ?? "")?.at;
  const named = answer && readRetryAfter(response.headers.all("retry-after"), date ?? exchange.startedAt);
  return {
    moment: momentOf(exchange),
    method: keepable(request.method),
    scenario: isScenarioName(label) ? shortened(label) : "",
    fingerprint: fingerprintOf(contract, request),
    fields: fieldsOf(contract, request),
    outcome: answer !== undefined ? "error" : exchange.notJudged === "no-response" ? "unanswered" : "done",
    status: response.status,
    retry: conduct?.retry,
    row: conduct?.row ?? null,
    isForeign: answer !== undefined && isForeignVoice(answer),
    wait: verdict?.kind === "fine" ? verdict.seconds : undefined,
    named: named && secondsOf(named, date),
    key: keyDigest(contract, request),
    isKeyed: contract.idempotency?.dutyOf(request) !== undefined,
    credential: account?.credential,
    date,
    changesBefore,
    witness: undefined,
  };
}

/** A contract without a word of keys does not forbid them: then the field of that name is one. */
function keyDigest({ idempotency }: Contract, request: Request): string | undefined {
  const key = idempotency === undefined ? request.headers.get(usualField) : idempotency.keyOf(request).key;
  return key === undefined || key.trim() === "" ? undefined : digest(key);
}

const usualField = "idempotency-key";

/** What makes two requests of one target the same but for their key: their bodies. */
function fingerprintOf({ idempotency }: Contract, request: Request): string | undefined {
  if (request.body.state === "empty") return "";
  const place = request.body.state === "present" ? idempotency?.keyOf(request).place : undefined;
  if (place?.kind !== "body" || request.body.truncated) return requestFingerprint(request);
  const parsed = request.body.json();
  return parsed.ok ? digest(canonicalJson(without(parsed.value, splitPointer(place.pointer)))) : requestFingerprint(request);
}

/** A value without the member that a pointer leads to. */
function without(value: Json, [name, ...rest]: readonly string[]): Json {
  if (name === undefined || !isObject(value) || !Object.hasOwn(value, name)) return value;
  const { [name]: member = null, ...others } = value;
  return rest.length === 0 ? others : { ...others, [name]: without(member, rest) };
}

/** Fields that change with every sending, or that say nothing of what is asked; the credential is compared for itself. */
const passing: readonly RegExp[] = [
  /^(?:host|connection|content-length|user-agent|date|referer|priority|pragma|cache-control|te|traceparent|tracestate|baggage|sentry-trace|postman-token)$/,
  /^(?:sec|x-b3|amz-sdk)-/,
  /(?:request|trace|correlation|span|transaction|invocation)-?id$/,
  /retry|attempt|timestamp|nonce/,
];

/** A longer name is nobody's custom. */
const longestName = 200;

const isPassing = remembered((name) => name.length <= longestName && passing.some((pattern) => pattern.test(name)));

/** Stands for the fields by which a request may differ from one that was refused: a type, a condition, a token against forgery. */
function fieldsOf({ idempotency }: Contract, request: Request): number {
  const place = idempotency?.keyOf(request).place;
  const keyField = place?.kind === "header" ? place.name.toLowerCase() : undefined;
  const sum = new LineSum();
  for (const [captured, value] of request.headers.lines()) {
    const name = captured.toLowerCase();
    if (name !== keyField && !isPassing(name)) sum.add(name, value);
  }
  return sum.value;
}
