// Made from schemas/contract.schema.json by `npm run generate`: change it there.

/**
 * A status, a class of them (4XX), or a list.
 */
export type StatusEntry = number | string | (number | string)[];
/**
 * A media type without parameters; `*` stands for any run of characters.
 */
export type MediaRange = string;
/**
 * What a value may be: a text or number = exactly that; a list = one of them; an object = a JSON Schema, and present; true = anything, or absent; false = absent (null counts as absent). Named groups of a `pattern` are captured.
 */
export type MatcherEntry =
  | string
  | number
  | boolean
  | (string | number)[]
  | {
      [k: string]: unknown;
    };
/**
 * A JSON Schema (2020-12). `$ref` may point into the same schema only; patterns must run in linear time (no look-around, no back references).
 */
export type JsonSchemaEntry =
  | {
      [k: string]: unknown;
    }
  | boolean;
/**
 * Names of operations; `other` is what matches none of them, `*` stands for all. Default: all.
 */
export type OperationNames = string[];
export type MemberEntry =
  | string
  | {
      header: FieldName;
    }
  | (
      | string
      | {
          header: FieldName;
        }
    )[];
/**
 * Name of a header field.
 */
export type FieldName = string;
/**
 * Must the answer say in Retry-After when to come back?
 */
export type RetryAfterEntry =
  | string
  | {
      /**
       * Must the field be there?
       */
      presence?: "required" | "optional" | "forbidden";
      /**
       * A number of seconds, or an HTTP date?
       */
      form?: "seconds" | "date" | "any";
      /**
       * The shortest wait, in seconds.
       */
      min?: number;
      /**
       * The longest wait, in seconds.
       */
      max?: number;
      /**
       * Where else the answer names the wait: a capture of one of the row's patterns, or a role of the envelope. The two must agree.
       */
      equals?: {
        /**
         * A named group of one of the row's patterns.
         */
        capture?: string;
        /**
         * A role of the row's envelope.
         */
        member?: "type" | "code" | "message" | "param" | "status" | "requestId" | "retryAfter" | "docs";
        /**
         * By how many seconds the two may differ.
         */
        tolerance?: number;
      };
    };

/**
 * What an HTTP API promises about its errors, as data: the table of its errors and the duties around it.
 */
export interface ContractFile {
  /**
   * The schema of this file, for editors. envelint itself does not read it.
   */
  $schema?: string;
  /**
   * Version of the contract language.
   */
  envelint: 1;
  /**
   * Whose errors these are, for people.
   */
  title: string;
  /**
   * A contract to start from: one that ships with envelint (`builtin:NAME`), or a file, relative to this one, and below the working directory or the folder of the contract that was named. Operations and envelopes merge by name, rows by name, masking by resource; every other key replaces the base's.
   */
  extends?: string;
  /**
   * URL prefixes of the API. What a capture holds of other hosts is left out. Without them the API's hosts are found out from the traffic.
   */
  servers?: string[];
  /**
   * Names for what can be asked of the API, so that rows, masking and idempotency can speak of them. `other` is what matches none of them.
   */
  operations?: {
    /**
     * METHOD /path, or several of them. `*` is any method, `GET|POST` either; `{name}` one segment of the path, `**` any number of segments, also none.
     */
    [k: string]: string | string[];
  };
  /**
   * The shapes an error's body can have. The first is the default one; the others are tried before it, in their order. Default: one, called `error`, that promises nothing of the body.
   */
  envelopes?: {
    [k: string]: EnvelopeEntry;
  };
  /**
   * Every error type there is. Default: those that the rows name; any, where no row names one, or a row takes types by pattern or schema.
   */
  types?: (string | number)[];
  /**
   * May an error have a type that is not listed?
   */
  openTypes?: boolean;
  /**
   * The API's error table, a row an entry: which status may carry which type and code, and what goes with it. What no row accepts is a breach.
   */
  errors: RowEntry[];
  rateLimit?: RateLimitEntry;
  authentication?: AuthenticationEntry;
  /**
   * Resources whose existence must not show to those who may not see them.
   */
  masking?: MaskingEntry[];
  idempotency?: IdempotencyEntry;
  client?: ClientEntry;
}
/**
 * One shape of an error's body, and when a response has it.
 */
export interface EnvelopeEntry {
  when?: WhenEntry;
  operations?: OperationNames;
  /**
   * Media types that the body may be labelled with; `*` stands for any run of characters.
   */
  mediaTypes?: MediaRange[];
  /**
   * JSON Pointer to the error object (or, with `array`, to the list of them); "" is the body itself. Of several, the first that leads to one; an API must keep to one of them.
   */
  pointer?: string | string[];
  /**
   * Does the pointer lead to a list of error objects? `first`: the first counts; `all`: each is an error of its own.
   */
  array?: false | "first" | "all";
  /**
   * Where each role is found: a JSON Pointer in the error object, `#/…` from the body's root, `{header: name}`, or a list of those (the first that is present).
   */
  members?: {
    type?: MemberEntry;
    code?: MemberEntry;
    message?: MemberEntry;
    param?: MemberEntry;
    status?: MemberEntry;
    requestId?: MemberEntry;
    retryAfter?: MemberEntry;
    docs?: MemberEntry;
  };
  /**
   * Roles that every error must have. The others may be absent or null.
   */
  required?: ("type" | "code" | "message" | "param" | "status" | "requestId" | "retryAfter" | "docs")[];
  schema?: JsonSchemaEntry;
  /**
   * The answer of somebody in front of the API (a gateway, a CDN): status, headers and retries are judged, the body never.
   */
  intermediary?: boolean;
}
/**
 * Conditions that must all hold.
 */
export interface WhenEntry {
  status?: StatusEntry;
  /**
   * The response's media type is one of these.
   */
  mediaTypes?: MediaRange[];
  /**
   * Matchers of the response's header fields.
   */
  headers?: {
    [k: string]: MatcherEntry;
  };
  /**
   * Conditions on the request.
   */
  request?: {
    /**
     * The request's method is one of these.
     */
    methods?: string[];
    /**
     * Matchers of the request's header fields.
     */
    headers?: {
      [k: string]: MatcherEntry;
    };
    body?: JsonSchemaEntry;
  };
  body?: JsonSchemaEntry;
  error?: JsonSchemaEntry;
}
/**
 * One line of the error table.
 */
export interface RowEntry {
  /**
   * The row's name, in reports and where the contract refers to it. Unique.
   */
  name: string;
  status: StatusEntry;
  type?: MatcherEntry;
  code?: MatcherEntry;
  param?: MatcherEntry;
  /**
   * The envelope this row's errors come in. Default: the first.
   */
  envelope?: string;
  operations?: OperationNames;
  when?: WhenEntry;
  /**
   * Header fields the answer must carry, as OpenAPI Header Objects.
   */
  headers?: {
    [k: string]: HeaderEntry;
  };
  retryAfter?: RetryAfterEntry;
  /**
   * What a client may do: `never` again as it is, after the time in Retry-After, or with growing pauses. Default: not said.
   */
  retry?: "never" | "retry-after" | "backoff" | "unspecified";
  /**
   * Where this error is documented.
   */
  docs?: string;
}
/**
 * One header field.
 */
export interface HeaderEntry {
  /**
   * What the field says, for people.
   */
  description?: string;
  /**
   * Must the field be there?
   */
  required?: boolean;
  /**
   * Is the field on its way out?
   */
  deprecated?: boolean;
  schema?: JsonSchemaEntry;
}
/**
 * How many requests are served in which time.
 */
export interface RateLimitEntry {
  /**
   * Requests in one window.
   */
  requests: number;
  /**
   * Seconds.
   */
  window: number;
  /**
   * Whose requests are counted together.
   */
  per?: "account" | "credential" | "ip" | "route" | "server";
}
/**
 * How requests say who they are, and how those that do not are answered.
 */
export interface AuthenticationEntry {
  /**
   * Where the credential stands: `{header}`, `{cookie}` or `{query}`, or a list of them.
   */
  credential?:
    | {
        header?: FieldName;
        /**
         * Name of the cookie.
         */
        cookie?: string;
        /**
         * Name of the query parameter.
         */
        query?: string;
      }
    | CredentialEntry[];
  /**
   * The row that answers a request without a credential.
   */
  missing?: string;
  /**
   * The row that answers a credential that is wrong or expired.
   */
  invalid?: string;
  /**
   * Must a 401 carry WWW-Authenticate?
   */
  challenge?: "required" | "optional";
  public?: OperationNames;
}
/**
 * Where a credential stands: one of `header`, `cookie`, `query`.
 */
export interface CredentialEntry {
  header?: FieldName;
  /**
   * Name of the cookie.
   */
  cookie?: string;
  /**
   * Name of the query parameter.
   */
  query?: string;
}
/**
 * One kind of resource whose existence must not show.
 */
export interface MaskingEntry {
  /**
   * What it is, for people.
   */
  resource: string;
  /**
   * The path parameter that names one: every operation with that parameter is under this masking.
   */
  parameter?: string;
  operations?: OperationNames;
  /**
   * The row that answers for a resource that is unknown or another's.
   */
  answer: string;
  /**
   * Statuses that would admit that the resource exists.
   */
  never?: number[];
}
/**
 * How a request says that it is a repeat of another.
 */
export interface IdempotencyEntry {
  /**
   * Where the key stands: in a header field, or in the request's JSON body.
   */
  key?: {
    header?: FieldName;
    /**
     * JSON Pointer in the request's body.
     */
    pointer?: string;
  };
  /**
   * What a key looks like: any text, a UUID, or a structured-field string (in double quotes).
   */
  syntax?: "opaque" | "uuid" | "sf-string";
  /**
   * The longest key, in characters.
   */
  maxLength?: number;
  /**
   * The operations that take a key, and whether they must have one.
   */
  operations: {
    /**
     * Must this operation have a key?
     */
    [k: string]: "required" | "optional";
  };
  /**
   * The row that answers a request without the key it must have.
   */
  missing?: string;
  /**
   * The row that answers a key used before for another request.
   */
  reuse?: string;
  /**
   * The row that answers a repeat while the first is still at work.
   */
  inFlight?: string;
  /**
   * What a repeat is answered: exactly what the first was, or anything that shows that nothing was done twice.
   */
  replay?: "same-response" | "same-effect" | "unspecified";
  replayHeader?: FieldName;
  /**
   * How long a key is remembered, as an ISO 8601 duration.
   */
  retention?: string;
}
/**
 * What clients are asked to do about errors.
 */
export interface ClientEntry {
  /**
   * How often a request may be sent again.
   */
  maxRetries?: number;
  /**
   * How the pauses grow.
   */
  backoff?: "exponential" | "linear" | "constant" | "unspecified";
  /**
   * Must the pauses vary by chance?
   */
  jitter?: boolean;
  /**
   * May an error that no row lists be retried?
   */
  unlisted?: "never" | "retry-after" | "backoff" | "unspecified";
}
