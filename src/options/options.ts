import type { Ignore, RuleChoice, SeverityOverride } from "../engine/settings.ts";
import type { Contract } from "../model/contract.ts";
import type { Severity, Subject } from "../model/finding.ts";

/** What an audit can be told; in brackets what it takes where it is not. */
export interface AuditOptions {
  /** A contract, or where it is: a file, or `builtin:NAME` [builtin:course-api]. */
  readonly contract?: string | Contract;
  /** URL prefixes to judge [the contract's `servers`, else found out from the traffic]. */
  readonly servers?: string | readonly string[];
  /** Names the account of captures whose credentials were stripped. */
  readonly accounts?: readonly { readonly name: string; readonly pattern: string }[];
  /** Severities by rule id or glob (`masking/*`), and rule files of your own (`./checks/trace-id.mjs`); later ones win. */
  readonly rules?: readonly RuleChoice[];
  /** Severities by subject, operation or row; later ones win, and they win over `rules` [none]. */
  readonly severities?: readonly SeverityOverride[];
  /** Findings to pass over until a day [none]. */
  readonly ignores?: readonly Ignore[];
  /** A file that lists known findings, which are told and do not fail [none]. */
  readonly baseline?: string;
  /** Takes what is no longer found out of the baseline; findings that are not in it still fail [false]. */
  readonly updateBaseline?: boolean;
  /** With `updateBaseline`: takes new findings into it [false]. */
  readonly acceptNew?: boolean;
  /**
   * Judge one part of the captures alone, the `index`th (from 1) of `of`; `merge` makes one report of all parts. `all`: every part, one after
   * the other, as shards and `merge` would [all captures as one].
   */
  readonly shard?: { readonly index: number | "all"; readonly of: number };
  /** Show the exchanges of findings in the report, for which captures are read once more [false]. */
  readonly exchanges?: boolean;
  /** Whose conduct is judged [all]. */
  readonly subjects?: readonly Subject[];
  /** Rows, operations and provisions that must have been put to the test, or the verdict is `unjudged`; `*` for any characters [none]. */
  readonly require?: readonly string[];
  /** Per cent of the contract's rows that must have been put to the test [0]. */
  readonly minCoverage?: number;
  /** The least severity that makes the verdict `broken` [error]. */
  readonly failOn?: Severity | "never";
  /** Samples kept for each finding [5]; 0 = all. */
  readonly maxSamples?: number;
  /** The captures are of one run: one timeline, in the order of time [each capture is its own]. */
  readonly together?: boolean;
  /** Parse every entry whole, also those no rule asks for. */
  readonly strict?: boolean;
  /** The configuration that options were taken from, for the report to name [none]. */
  readonly config?: string;
  /** Captures and contract are relative to it [process.cwd()]. */
  readonly cwd?: string;
  /** What "-" reads [process.stdin]. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  readonly onProgress?: (progress: Progress) => void;
}

/** How far an audit is. */
export interface Progress {
  readonly bytes: number;
  /** undefined: not known beforehand. */
  readonly totalBytes: number | undefined;
  readonly entries: number;
  readonly errors: number;
}
