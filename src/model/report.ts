import type { CaptureFault } from "./capture.ts";
import type { NotJudged } from "./exchange.ts";
import type { FailOn, Finding, IgnoredFinding } from "./finding.ts";
import type { ShownExchange } from "./shown-exchange.ts";

/** The last two are a probe's: asked for without a clear answer, and not asked for. */
export type RowVerdict = "kept" | "broken" | "unseen" | "not observable" | "inconclusive" | "skipped";

/** The outcome of an audit. `schemas/report.schema.json` is its outward shape. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "envelint"; readonly version: string };
  /** `audit`: captures against a contract. `diff`: captures of before and after a change. `probe`: a server that was asked. `record`: traffic that passed a recording proxy. */
  readonly command: "audit" | "diff" | "probe" | "record";
  readonly contract: { readonly title: string; readonly file: string };
  /** `broken`: a finding reaches the fail-on level, or an entry of the baseline is stale; else `unjudged`: something could not be judged; else `kept`. */
  readonly verdict: "kept" | "broken" | "unjudged";
  /** From which severity on a finding fails; with "never" a stale entry of the baseline does not either. */
  readonly failOn: FailOn;
  /** What kept the audit from being a full one (exit 2), one sentence each; empty = nothing. */
  readonly unjudged: readonly string[];
  /** Worst first, then by count, rule and fingerprint. */
  readonly findings: readonly Finding[];
  /** Findings that the baseline lists: told, and no reason to fail. In the order of `findings`. */
  readonly known: readonly Finding[];
  /** Entries of the baseline that are no longer found, though what they are about was put to the test. */
  readonly stale: readonly StaleEntry[];
  /** Findings that the configuration passes over for a while. In the order of `findings`. */
  readonly ignored: readonly IgnoredFinding[];
  /** What a reader should know and no exit code says, one sentence each: an ignore that has expired, a limit that was met. */
  readonly remarks: readonly string[];
  /** The configuration's file as reports name it; undefined = there is none. */
  readonly config?: string;
  /** The baseline's file as reports name it; undefined = there is none. */
  readonly baseline?: string;
  readonly coverage: Coverage;
  readonly seen: Seen;
  /** What could not be read, and oddities that were coped with. */
  readonly faults: readonly CaptureFault[];
  /** What was asked of a live server; with `probe` alone. */
  readonly probe?: ProbeRun;
  /** The exchanges that findings show, where a format asks for them; those that could be read again, so that some may be missing. */
  readonly exchanges?: readonly ShownExchange[];
  /** With `--shard` alone: which part of the captures this report is about. */
  readonly shard?: Shard;
}

/** Which part of the captures was judged. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
  /** Equal for the parts of one partition: a hash of all its captures' names and sizes. */
  readonly partition: string;
  /** The captures of this part. */
  readonly captures: readonly string[];
  /** What `envelint merge` makes the whole of. Its shape is envelint's own, and goes with its version. */
  readonly state: unknown;
}

/** What a process should exit with: 2 where something could not be judged, else 1 where the contract is broken, else 0. */
export function exitCodeOf({ unjudged, verdict }: Pick<Report, "unjudged" | "verdict">): 0 | 1 | 2 {
  return unjudged.length > 0 ? 2 : verdict === "broken" ? 1 : 0;
}

/** An entry of a baseline whose finding is gone. */
export interface StaleEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly note: string;
  readonly operation: string;
  readonly row: string | null;
  /** What the finding said. */
  readonly message: string;
  /** Where the baseline lists it; one-based. */
  readonly line: number;
}

/** How a live server was asked. */
export interface ProbeRun {
  /** Scheme, host, port and base path. */
  readonly target: string;
  readonly plan: string;
  /** Requests sent, and how many there might have been. */
  readonly sent: number;
  readonly budget: number;
  /** Requests that were not sent, beyond the budget, the levels, or a stop. */
  readonly unsent: number;
  /** Why the run ended before its end; undefined = it did not. */
  readonly stopped?: string;
  /** What requests that were allowed to act have made or changed, by what their answers say: `POST /v1/courses: crs_7`. */
  readonly made: readonly string[];
  /** In the order of the run. */
  readonly probes: readonly ProbeVerdict[];
}

/** What came of one probe. */
export interface ProbeVerdict {
  readonly probe: string;
  /** `pass`: answered as promised. `fail`: a finding is about an answer to it. */
  readonly verdict: "pass" | "fail" | "inconclusive" | "skipped";
  /** Requests it sent. */
  readonly sent: number;
  /** Why it is inconclusive or was skipped, or what of it was left out. */
  readonly reason?: string;
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
  /** Why it is inconclusive or was skipped. */
  readonly reason?: string;
  /** Where the row is written. */
  readonly promise: { readonly file: string; readonly line: number };
}

export interface ProvisionCoverage {
  /** `masking:course`, `idempotency:launchCourse:replay`. */
  readonly provision: string;
  readonly verdict: RowVerdict;
  /** Cases that put it to the test. */
  readonly seen: number;
  /** How far it was put to the test: "no difference found in 8 pairs (GET, HEAD)". */
  readonly note?: string;
  /** Why it is inconclusive or was skipped. */
  readonly reason?: string;
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
