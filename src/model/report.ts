import type { CaptureFault } from "./capture.ts";
import type { NotJudged } from "./exchange.ts";
import type { Finding } from "./finding.ts";

export type RowVerdict = "kept" | "broken" | "unseen" | "not observable";

/** The outcome of an audit. `schemas/report.schema.json` is its outward shape. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "envelint"; readonly version: string };
  /** `audit`: captures against a contract. `diff`: captures of before and after a change. */
  readonly command: "audit" | "diff";
  readonly contract: { readonly title: string; readonly file: string };
  /** `broken`: a finding reaches the fail-on level; else `unjudged`: something could not be judged; else `kept`. */
  readonly verdict: "kept" | "broken" | "unjudged";
  /** What kept the audit from being a full one (exit 2), one sentence each; empty = nothing. */
  readonly unjudged: readonly string[];
  /** Worst first, then by count, rule and fingerprint. */
  readonly findings: readonly Finding[];
  readonly known: readonly Finding[];
  readonly stale: readonly unknown[];
  readonly coverage: Coverage;
  readonly seen: Seen;
  /** What could not be read, and oddities that were coped with. */
  readonly faults: readonly CaptureFault[];
}

export interface Coverage {
  readonly rows: readonly RowCoverage[];
  readonly operations: readonly OperationCoverage[];
  /** What the contract promises beyond its rows: masking by resource, idempotency by operation. */
  readonly provisions: readonly ProvisionCoverage[];
  /** Cases a rule is about but could not judge. */
  readonly notObservable: readonly { readonly rule: string; readonly reason: string; readonly count: number }[];
}

export interface RowCoverage {
  readonly row: string;
  readonly verdict: RowVerdict;
  /** Answers that met the row, or that only it could have meant. */
  readonly seen: number;
  /** Where the row is written. */
  readonly promise: { readonly file: string; readonly line: number };
}

export interface ProvisionCoverage {
  /** `masking:course`, `idempotency:launchCourse:replay`. */
  readonly provision: string;
  readonly verdict: RowVerdict;
  /** Cases that put it to the test. */
  readonly seen: number;
  readonly promise: { readonly file: string; readonly line: number };
}

export interface OperationCoverage {
  readonly operation: string;
  /** Of the operation's errors: `unseen` where it answered none. */
  readonly verdict: RowVerdict;
  readonly exchanges: number;
  readonly errors: number;
}

export interface Seen {
  readonly captures: number;
  readonly bytes: number;
  readonly exchanges: number;
  readonly judged: number;
  readonly errors: number;
  readonly notJudged: Readonly<Partial<Record<NotJudged | "out-of-scope" | "malformed", number>>>;
  /** What bounded memories let go: whole-run rules may have missed what it took part in. */
  readonly forgotten: number;
  /** The servers that were judged. */
  readonly inScope: readonly ServerSeen[];
  /** The servers that were not, most exchanges first; at most 20, the rest as one "others". */
  readonly outOfScope: readonly ServerSeen[];
}

export interface ServerSeen {
  /** `https://api.example.com`. */
  readonly server: string;
  readonly exchanges: number;
  readonly errors: number;
}
