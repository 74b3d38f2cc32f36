import { type ErrorAnswer, type ErrorObject, type Matcher, type Role, type Row, rowsLeft, soleRow } from "../../model/contract.ts";
import type { Place } from "../../model/place.ts";
import type { Studying } from "../../model/rule.ts";
import { plainly } from "../../syntax/wording.ts";
import { isForeignVoice } from "../duty.ts";
import { objectsOf } from "../error-body.ts";
import { hideIds, hiderOf } from "../masking/answer-traits.ts";
import { hidesHeaders } from "../page-script.ts";
import { keepable } from "../shortened.ts";
import { type Kind, kindsIn } from "./body-kinds.ts";
import type { ComparedRequest } from "./compared-request.ts";
import { type Weight, weighStatus } from "./status-weight.ts";

/** What of an error is compared with another; nothing in it is longer than can be kept. */
export interface ErrorOutcome {
  readonly status: number;
  readonly weight: Weight;
  /** undefined: the body is unknown, or somebody else's. */
  readonly said: SaidInBody | undefined;
  /** The header fields that its rows name, and whether a row requires them; null where the capture hides fields. */
  readonly fields: ReadonlyMap<string, boolean> | null;
  /** The row it met, or the only one that can be meant. */
  readonly row: Row | undefined;
}

interface SaidInBody {
  /** For people: as it stands, or the pattern of its row, or that there is none. */
  readonly type: string;
  readonly code: string;
  /** Without ids and numbers. */
  readonly message: string;
  /** undefined: there is no error object, or too much to compare. */
  readonly kinds: ReadonlyMap<string, Kind> | undefined;
  /** Where the roles stand that the envelope requires: of several error objects in the first, as in `kinds`. */
  readonly required: ReadonlyMap<string, Role>;
  /** Those roles of them that are missing. */
  readonly missing: ReadonlySet<Role>;
}

/** What is kept of one side is told on the other, whose secrets are others: each is masked with its own, as it is read. */
export function outcomeOf(
  answer: ErrorAnswer,
  { ids, credentialed }: Pick<ComparedRequest, "ids" | "credentialed">,
  maskOf: Studying["mask"],
): ErrorOutcome {
  const mask = (text: string) => maskOf(answer, text);
  const { exchange, meetings, gateway } = answer;
  const { status } = exchange.response;
  const [meeting] = meetings;
  return {
    status,
    weight: gateway === undefined ? weighStatus(status, credentialed) : "gateway",
    said: answer.readable && gateway === undefined ? readBody(answer, ids, mask) : undefined,
    fields: hidesHeaders(exchange) ? null : fieldsOf(isForeignVoice(answer) ? [] : meetings.flatMap(rowsLeft)),
    row: meeting === undefined || meeting.kind === "refused" ? undefined : (soleRow(meeting) ?? undefined),
  };
}

/** Characters of a message that are looked through for secrets before it is cut. */
const longestRead = 20_000;

/** Where a type, code or message stands, or would. */
export function placeOfRole(answer: ErrorAnswer, role: "type" | "code" | "message"): Place {
  const [object] = objectsOf(answer);
  return object?.role(role)?.place ?? { kind: "body", pointer: object?.pointer ?? "" };
}

type Mask = (text: string) => string;

function readBody(answer: ErrorAnswer, ids: readonly string[], mask: Mask): SaidInBody {
  const objects = objectsOf(answer);
  const [first] = objects;
  if (first === undefined)
    return { type: "no error object", code: "none", message: "", kinds: undefined, required: new Map(), missing: new Set() };
  const row = (role: "type" | "code") => (object: ErrorObject) => {
    const met = answer.meetings.find((meeting) => meeting.object === object);
    return wordOf(object, role, met?.kind === "met" ? met.row[role] : undefined, mask);
  };
  const parsed = answer.exchange.response.body.json();
  const roles = answer.envelope?.required ?? [];
  return {
    type: together(objects.map(row("type"))),
    code: together(objects.map(row("code"))),
    message: together(objects.map((object) => messageOf(object, ids, mask))),
    kinds: parsed.ok ? maskPointers(kindsIn(parsed.value), mask) : undefined,
    required: requiredIn(first, roles),
    missing: new Set(roles.filter((role) => first.role(role) === undefined)),
  };
}

function requiredIn(object: ErrorObject, roles: readonly Role[]): Map<string, Role> {
  const required = new Map<string, Role>();
  for (const role of roles) {
    const place = object.role(role)?.place;
    if (place?.kind === "body") required.set(place.pointer, role);
  }
  return required;
}

/** A code that names what varies (`retry_after_17`) is known by its pattern. */
function wordOf(object: ErrorObject, role: "type" | "code", matcher: Matcher | undefined, mask: Mask): string {
  if (matcher?.kind === "pattern") return matcher.text;
  const value = object.role(role)?.value;
  if (typeof value === "object") return Array.isArray(value) ? "an array" : "an object";
  return value === undefined ? "none" : keepable(plainly(typeof value === "string" ? mask(value) : value));
}

function messageOf(object: ErrorObject, ids: readonly string[], mask: Mask): string {
  const value = object.role("message")?.value ?? "";
  const text = plainly(mask(plainly(value, longestRead)), 2_000);
  return keepable(hideIds(ids.reduce((so, id) => hiderOf(id)(so), text)));
}

/** Hardly any member is named by a secret: one look at all names tells. */
function maskPointers(kinds: ReadonlyMap<string, Kind> | undefined, mask: Mask): ReadonlyMap<string, Kind> | undefined {
  const names = [...(kinds?.keys() ?? [])].join("\n");
  if (kinds === undefined || mask(names) === names) return kinds;
  return new Map([...kinds].map(([pointer, kind]) => [mask(pointer), kind]));
}

/** Of several error objects, each value once and in order. */
function together(values: readonly string[]): string {
  return keepable([...new Set(values)].sort().join(", "));
}

function fieldsOf(rows: readonly Row[]): Map<string, boolean> {
  const fields = new Map<string, boolean>();
  for (const { headers, retryAfter } of rows) {
    if (retryAfter.presence === "required") fields.set("Retry-After", true);
    for (const { name, required } of headers) fields.set(name, required);
  }
  return fields;
}
