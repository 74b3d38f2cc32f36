import type { RunEvent } from "../probe/conduct.ts";
import type { AuditOptions } from "./options.ts";

/** What `probe` and `rehearseProbe` can be told; in brackets what they take where they are not. */
export interface ProbeOptions
  extends Pick<
    AuditOptions,
    "contract" | "rules" | "severities" | "ignores" | "require" | "minCoverage" | "failOn" | "maxSamples" | "exchanges" | "config" | "cwd"
  > {
  /** The contract where neither `contract` nor the plan names one [builtin:course-api]. */
  readonly defaultContract?: string;
  /** Where requests go: scheme, host, port and base path [the plan's `target`]. */
  readonly target?: string;
  /** Ids of probes to be asked, `*` for any characters; controls always are [all]. */
  readonly probes?: readonly string[];
  /** Requests in all [the plan's `limits.requests`, else 100]. */
  readonly maxRequests?: number;
  /** Send nothing but reads (level 0). */
  readonly readsOnly?: boolean;
  /** Send what may change or create something (level 2). */
  readonly allowWrites?: boolean;
  /** Use up the account's rate limit (level 3). */
  readonly allowBurst?: boolean;
  /** A HAR file for the whole run, credentials masked [none]. */
  readonly record?: string;
  /** Name the probe in each request, in the field X-Envelint-Probe. */
  readonly announce?: boolean;
  /** Where credentials are [process.env]. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Makes the order and the made-up values of two runs the same [drawn]. */
  readonly seed?: number;
  /** Aborted: the request under way is finished, no other is sent, and the report is made. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** Milliseconds since the epoch [Date.now]. */
  readonly now?: () => number;
  /** Waits so many milliseconds, or less where the signal aborts [with a timer]. */
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}
