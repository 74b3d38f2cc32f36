import type { SourceLine } from "../../model/contract.ts";
import type { Json } from "../../model/json.ts";
import type { HeaderLine } from "../ask.ts";

/** What is to be asked, of whom, as whom: a plan file, checked against its contract. It holds no credential. */
export interface Plan {
  /** As reports name it. */
  readonly file: string;
  /** Scheme, host, port and base path, without a trailing slash: the only place requests go to. */
  readonly target: string;
  /** The contract it names: a path relative to the working directory, or `builtin:…`; undefined = none. */
  readonly contract: string | undefined;
  /** The first owns what the second must not see. */
  readonly accounts: readonly PlannedAccount[];
  readonly resources: readonly PlannedResource[];
  /** In the file's order. */
  readonly requests: readonly PlannedRequest[];
  /** Values of path parameters that name no masked resource. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Sent with each request; none of them is a credential. */
  readonly headers: readonly HeaderLine[];
  readonly limits: PlannedLimits;
  readonly connection: PlannedConnection;
}

export interface PlannedAccount {
  readonly name: string;
  /** The environment variables that hold its credentials, one for each that the contract declares, in that order. */
  readonly variables: readonly string[];
  /** Where the plan names it. */
  readonly source: SourceLine;
}

/** A masked resource, and who has which. */
export interface PlannedResource {
  /** Its name in the contract's `masking`. */
  readonly resource: string;
  /** The path parameter that names it; undefined = the whole path does. */
  readonly parameter: string | undefined;
  /** Ids by account that exist and stay as they are. */
  readonly own: Readonly<Record<string, string>>;
  /** Ids by account of what may be changed or lost. */
  readonly throwAway: Readonly<Record<string, string>>;
  /** Ids by account on which an operation that can be done once was never done. */
  readonly fresh: Readonly<Record<string, readonly string[]>>;
  /** An id that nobody has, whose look missing ids take; undefined = that of the owner's. */
  readonly missing: string | undefined;
  /** How a throw-away one is made. */
  readonly create: PlannedCreation | undefined;
}

export interface PlannedCreation {
  readonly method: string;
  readonly path: string;
  readonly body: Json | undefined;
  readonly mediaType: string;
  /** JSON Pointer to the new id in the answer. */
  readonly id: string;
}

/** A request to be asked. */
export interface PlannedRequest {
  /** The contract's operation under which the plan lists it; `other` = none. */
  readonly operation: string;
  readonly method: string;
  /** From the target on, with its parameters: `/v1/courses/{course_id}/launch`. */
  readonly path: string;
  /** Names of its parameters, in the path's order. */
  readonly parameters: readonly string[];
  /** A valid body; strings such as "{preset_id}" in it stand for ids of whoever asks. */
  readonly body: Json | undefined;
  /** [application/json] */
  readonly mediaType: string;
  readonly headers: readonly HeaderLine[];
  /** Parameters of a resource on which it was done already, so that nothing is left to do. */
  readonly done: Readonly<Record<string, string>> | undefined;
  /** Where it stands in the plan. */
  readonly source: SourceLine;
}

export interface PlannedLimits {
  /** Requests in all [100]. */
  readonly requests: number;
  /** Requests a minute [half of the contract's rate limit, at most 60]. */
  readonly pace: number;
  /** Milliseconds for a whole answer [10,000]. */
  readonly timeout: number;
  /** Milliseconds that a Retry-After may ask for before the run is given up [120,000]. */
  readonly patience: number;
  /** Bytes of an answer's body that are read [1 MiB]. */
  readonly body: number;
  /** Requests that a burst may send; 0 = no burst [1.2 × the contract's limit + 5]. */
  readonly burst: number;
  /** True: bodies, headers and addresses of unusual size are sent [false]. */
  readonly oversized: boolean;
}

/** How the target is reached. Files are absolute. */
export interface PlannedConnection {
  /** PEM file of authorities to trust. */
  readonly ca: string | undefined;
  /** PEM files of a client certificate. */
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** True: any certificate is taken. */
  readonly insecure: boolean;
  /** URL of an HTTP proxy. */
  readonly proxy: string | undefined;
}
