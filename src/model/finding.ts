import type { Place } from "./place.ts";

/** Worst first. */
export const severities = ["error", "warning", "note"] as const;
export type Severity = (typeof severities)[number];

/** From which severity on a finding fails a run. */
export type FailOn = Severity | "never";

/** Does a finding reach the level from which on it fails? */
export function reaches({ severity }: Pick<Finding, "severity">, failOn: FailOn): boolean {
  return failOn !== "never" && severities.indexOf(severity) <= severities.indexOf(failOn);
}

/** Whose conduct a finding can be about. */
export const subjects = ["server", "client", "capture"] as const;
export type Subject = (typeof subjects)[number];

/** One exchange in which a finding was seen. Every text in it is masked: no credential survives. */
export interface Sample {
  readonly capture: string;
  readonly entry: number;
  readonly offset: number;
  /** One-based line of the entry in the capture; null when unknown. */
  readonly line: number | null;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly place: Place;
  /** What was promised here. */
  readonly expected: string;
  /** What was there. */
  readonly found: string;
  /** The place as it stands in the exchange, with a little around it; the place itself between ⟦ and ⟧. */
  readonly evidence: string;
  /** Which probe asked, and what for: `body/malformed: JSON that breaks off`; with a probe alone. */
  readonly asked?: string;
  /** A shell line that asks the same again, its credential an environment variable; with a probe alone. */
  readonly curl?: string;
  /** Other exchanges that the finding rests on. */
  readonly related: readonly { readonly capture: string; readonly entry: number }[];
}

/** One broken promise, however often it was broken the same way. */
export interface Finding {
  readonly rule: string;
  /** Which of the rule's messages. */
  readonly note: string;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
  /** The contract row concerned; null where it is none or several. */
  readonly row: string | null;
  /** Where that promise is written. */
  readonly promise: { readonly file: string; readonly line: number } | null;
  /** What beyond the rows it breaks (`model/provision.ts`): `masking:course`; undefined = nothing. */
  readonly provision?: string;
  /** Name of the operation; "other" where the contract declares none that matches. */
  readonly operation: string;
  /** Stable over captures, entry order, ids, hosts and wording. */
  readonly fingerprint: string;
  readonly count: number;
  /** It stands for many: sightings of more kinds than a report lists. */
  readonly others?: true;
  /** The rule's page: a path below the package, or of a rule of the user's own, relative to the working directory. */
  readonly docs: string;
  readonly samples: readonly Sample[];
}

/** A finding that the user's configuration passes over until a day: told, and no reason to fail. */
export interface IgnoredFinding extends Finding {
  readonly ignore: {
    readonly reason: string;
    /** The last day on which it is passed over: `2027-01-31`. */
    readonly until: string;
    /** Where that is written; null = not in a file. */
    readonly source: { readonly file: string; readonly line: number } | null;
  };
}
