import type { Body, Exchange, Request } from "./exchange.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Place } from "./place.ts";

/** Error objects where none should be. */
export interface FoundErrors {
  /** Which of the envelope's pointers led to them. */
  readonly pointer: string;
  readonly objects: readonly ErrorObject[];
}

/** The parts an error object can play, whatever the API calls them. */
export const roles = ["type", "code", "message", "param", "status", "requestId", "retryAfter", "docs"] as const;
export type Role = (typeof roles)[number];

/** Where something is written in a contract file. One-based. */
export interface SourceLine {
  /** Relative to the working directory, or `builtin:course-api`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A promise, compiled: what a rule may ask. */
export interface Contract {
  readonly title: string;
  /** Relative to the working directory, or `builtin:…`. */
  readonly file: string;
  /** URL prefixes in scope; empty = to be found out from the traffic. */
  readonly servers: readonly string[];
  readonly operations: readonly Operation[];
  /** The first is the default one. */
  readonly envelopes: readonly Envelope[];
  readonly rows: readonly Row[];
  /** Where the table of errors begins, which as a whole promises what no row of it does. */
  readonly table: SourceLine;
  /** The closed list of types; null = any type goes. */
  readonly types: readonly string[] | null;
  readonly masking: readonly Masking[];
  readonly idempotency: Idempotency | undefined;
  readonly rateLimit: RateLimit | undefined;
  readonly authentication: Authentication;
  readonly client: ClientDuties;

  /** The same contract, with nothing learned of any server yet: each audit begins with one of its own. */
  begin(): Contract;
  row(name: string): Row | undefined;
  /** The declared operations a request matches, the most specific first; empty = the operation "other". */
  operationsOf(request: Request): readonly Operation[];
  /** The masked resources a request names in its path, in the path's order: the last is the one it addresses. */
  resourcesOf(request: Request): readonly Resource[];
  /**
   * The answer as the contract reads it; undefined = not an error. Read once an exchange, then remembered. Successes should be
   * read too, in their order: from them it learns which headers a host's own answers carry, and knows a gateway by those they do not.
   */
  read(exchange: Exchange): ErrorAnswer | undefined;
  /** Error objects of the default envelope in a success body: complete, and of a type (or code) that the contract names; undefined where there are none. */
  findErrors(body: Body): FoundErrors | undefined;
  /** The faults of an error body against its envelope's schema: the roles' JSON types, required roles, the contract's own `schema`. */
  schemaFaults(answer: ErrorAnswer): readonly SchemaFault[];
}

export interface Operation {
  readonly name: string;
  /** As written: `POST /v1/courses/{course_id}/launch`; `**` stands for any number of segments. */
  readonly templates: readonly string[];
}

export interface Envelope {
  readonly name: string;
  /** Somebody in front of the API: status, headers and retry are judged, the body never. */
  readonly intermediary: boolean;
  /** Media types or ranges (`application/*+json`), lower case. */
  readonly mediaTypes: readonly string[];
  /** JSON Pointers to the error object, or to the array of them. */
  readonly pointers: readonly string[];
  readonly array: false | "first" | "all";
  /** Each role's sources, as written: `/code`, `#/request_id`, `header request-id`. */
  readonly members: Readonly<Partial<Record<Role, readonly string[]>>>;
  readonly required: readonly Role[];
  readonly source: SourceLine;
}

/** One line of the API's error table. */
export interface Row {
  readonly name: string;
  readonly source: SourceLine;
  readonly envelope: Envelope;
  readonly status: StatusSet;
  readonly type: Matcher;
  readonly code: Matcher;
  readonly param: Matcher;
  /** Names of operations, "other" among them; undefined = all. */
  readonly operations: readonly string[] | undefined;
  readonly headers: readonly HeaderDuty[];
  readonly retryAfter: RetryAfterDuty;
  readonly retry: "never" | "retry-after" | "backoff" | "unspecified";
  readonly docs: string | undefined;
}

export interface StatusSet {
  has(status: number): boolean;
  /** As written: `404`, `400, 422`, `5XX`. */
  readonly text: string;
}

/** What a row accepts in a role. */
export interface Matcher {
  readonly kind: "any" | "absent" | "literal" | "pattern" | "schema";
  /** For people: "course_not_found", "a, b or c", "matching ^retry_after_…", "absent", "any". */
  readonly text: string;
  /** The values of a literal or a list; empty for other kinds. */
  readonly values: readonly (string | number)[];
  /** undefined and null = absent. Codes reserved by other rows are not this function's concern. */
  accepts(value: Json | undefined): boolean;
}

/** A header field that a row demands (an OpenAPI Header Object). */
export interface HeaderDuty {
  readonly name: string;
  readonly required: boolean;
  /** Why a value is wrong; undefined = it is right. */
  fault(value: string): string | undefined;
}

export interface RetryAfterDuty {
  readonly presence: "required" | "optional" | "forbidden";
  readonly form: "seconds" | "date" | "any";
  /** Seconds. */
  readonly min: number;
  /** Seconds; undefined = none given. */
  readonly max: number | undefined;
  /** Where else the wait is named; `tolerance` in seconds. */
  readonly equals:
    | { readonly capture: string; readonly tolerance: number }
    | { readonly member: Role; readonly tolerance: number }
    | undefined;
}

export interface RateLimit {
  readonly requests: number;
  /** Seconds. */
  readonly window: number;
  readonly per: "account" | "credential" | "ip" | "route" | "server";
}

export type Credential = { readonly header: string } | { readonly cookie: string } | { readonly query: string };

export interface Authentication {
  /** [Authorization]. */
  readonly credentials: readonly Credential[];
  readonly missing: Row | undefined;
  readonly invalid: Row | undefined;
  readonly challenge: "required" | "optional";
  /** Names of operations that need no credential. */
  readonly public: readonly string[];
  /** False: the contract says nothing of authentication. */
  readonly declared: boolean;
}

export interface Masking {
  readonly resource: string;
  /** The path parameter that names it; undefined = the whole path does. */
  readonly parameter: string | undefined;
  readonly answer: Row;
  /** Statuses that would admit that the resource exists. */
  readonly never: readonly number[];
  readonly source: SourceLine;
}

export interface Resource {
  readonly masking: Masking;
  /** Decoded value of the parameter, or the whole path. */
  readonly id: string;
}

export interface Idempotency {
  /** The key a request carries; undefined = none. `place` is where it stands or should. */
  keyOf(request: Request): { readonly key: string | undefined; readonly place: Place; readonly known: boolean };
  /** Does the key have the declared syntax and length? */
  isValidKey(key: string): boolean;
  /** Duties by name of operation, in the file's order. */
  readonly operations: Readonly<Record<string, "required" | "optional">>;
  /** `required`, `optional`, or undefined where the contract does not speak of any of a request's operations. */
  dutyOf(request: Request): { readonly duty: "required" | "optional"; readonly operation: Operation } | undefined;
  /** For people: "header Idempotency-Key". */
  readonly keyText: string;
  /** Where a request is to carry its key. */
  readonly keyPlace: { readonly header: string } | { readonly pointer: string };
  readonly syntax: "opaque" | "uuid" | "sf-string";
  /** Characters of the longest key; undefined = not said. */
  readonly maxLength: number | undefined;
  readonly missing: Row | undefined;
  readonly reuse: Row | undefined;
  readonly inFlight: Row | undefined;
  readonly replay: "same-response" | "same-effect" | "unspecified";
  readonly replayHeader: string | undefined;
  /** Milliseconds; undefined = not said. */
  readonly retention: number | undefined;
  readonly source: SourceLine;
}

export interface ClientDuties {
  readonly maxRetries: number | undefined;
  readonly backoff: "exponential" | "linear" | "constant" | "unspecified";
  readonly jitter: boolean | undefined;
  readonly unlisted: "never" | "retry-after" | "backoff" | "unspecified";
}

/** An error response as the contract reads it. */
export interface ErrorAnswer {
  readonly exchange: Exchange;
  /** The most specific first; empty = "other". */
  readonly operations: readonly Operation[];
  /** undefined: an error status that no envelope claims. */
  readonly envelope: Envelope | undefined;
  /** Who answered in the API's place ("nginx", "an intermediary"), by its marks or because the contract says so. */
  readonly gateway: string | undefined;
  /** False for HEAD, 204, 304, a body not captured or truncated: what the body says is unknown, not absent. */
  readonly readable: boolean;
  /** Which of the envelope's pointers led to an error object; undefined = none did, or not readable. */
  readonly pointer: string | undefined;
  /** One a row met or missed: one, or as many as there are error objects where the envelope has `array: all`. */
  readonly meetings: readonly Meeting[];
  /** The masking whose `never` lists this status, where no row accepts it: the answer admits that the resource exists. */
  readonly reveals: Masking | undefined;
}

export interface ErrorObject {
  /** JSON Pointer from the body's root. */
  readonly pointer: string;
  readonly value: JsonObject;
  /** undefined: absent or null; where the role is required, `schemaFaults` tells it as missing. */
  role(role: Role): RoleValue | undefined;
}

export interface RoleValue {
  readonly value: Json;
  readonly place: Place;
}

/** The steps that narrow a response down to a row, in their order. */
export type Step = "status" | "when" | "type" | "code" | "param" | "operation";

/** How one error object (or, without one, the bare answer) met the contract's rows. */
export type Meeting =
  | {
      readonly kind: "met";
      readonly object: ErrorObject | undefined;
      readonly row: Row /** Named groups of the row's patterns. */;
      readonly captures: Readonly<Record<string, string>>;
    }
  /** Several rows are left because roles are unknown, or the error object was not where it should be: not observable. */
  | { readonly kind: "open"; readonly object: undefined; readonly rows: readonly Row[] }
  /** `step` left no row; `before` are the candidates it was given. */
  | { readonly kind: "refused"; readonly object: ErrorObject | undefined; readonly step: Step; readonly before: readonly Row[] };

/** The rows that can still be meant: the met one, or all that are left. Judge a duty only if each of them has it. */
export function rowsLeft(meeting: Meeting): readonly Row[] {
  return meeting.kind === "met" ? [meeting.row] : meeting.kind === "open" ? meeting.rows : [];
}

/** The one row a meeting is about: met, or the sole candidate; else null. */
export function soleRow(meeting: Meeting): Row | null {
  const rows = meeting.kind === "refused" ? meeting.before : rowsLeft(meeting);
  return rows.length === 1 ? (rows[0] ?? null) : null;
}

/** A fault of an error body against its envelope's schema. */
export interface SchemaFault {
  /** JSON Pointer from the body's root. */
  readonly pointer: string;
  /** The role concerned, where it is one. */
  readonly role: Role | undefined;
  /** JSON Schema keyword: `required`, `type`, `enum`… */
  readonly keyword: string;
  /** "must be a string". */
  readonly expected: string;
}
