import type { CaptureEvent } from "../model/capture.ts";
import type { Contract } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import type { FailOn, Subject } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { Baseline } from "./baseline.ts";
import type { CoverageGate } from "./coverage-gate.ts";
import type { ActiveRule, Ignore, SeverityOverride } from "./settings.ts";

/** What is judged: a stream of exchanges, and ways to find them again. */
export interface CaptureStream {
  readonly names: readonly string[];
  /** Each batch is taken to its end before the next. */
  batches(): AsyncIterable<Iterable<CaptureEvent>>;
  /** The exchanges at some entries, read once more; those that cannot be are left out [none can]. */
  again?(wanted: ReadonlyMap<string, ReadonlySet<number>>): AsyncIterable<Exchange>;
}

/** What a stream of exchanges is judged by. */
export interface Judging {
  readonly contract: Contract;
  readonly rules: readonly ActiveRule[];
  /** Severities of some findings, whatever their rules have; later ones win [none]. */
  readonly severities?: readonly SeverityOverride[];
  /** URL prefixes in scope; empty = found out. */
  readonly servers: readonly string[];
  /** Whose conduct is judged. */
  readonly subjects: readonly Subject[];
  /** [nothing is asked for] */
  readonly gate?: CoverageGate;
  readonly failOn: FailOn;
  /** 0 = all. */
  readonly maxSamples: number;
  /** [none] */
  readonly ignores?: readonly Ignore[];
  /** [none] */
  readonly baseline?: Baseline;
  /** The configuration's file, for the report to name [none]. */
  readonly config?: string;
  /** By which ignores end: `2026-11-30` [today, UTC]. */
  readonly today?: string;
  /** The exchanges are one timeline [false]. */
  readonly together?: boolean;
  /** Show the exchanges that findings are about [false]. */
  readonly exchanges?: boolean;
  /** [audit] */
  readonly command?: Report["command"];
  readonly version: string;
  /** Called for every error answer met. */
  readonly onError?: () => void;
}
