import type { Contract } from "../model/contract.ts";
import type { Severity, Subject } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { CoverageGate } from "./coverage-gate.ts";
import type { ActiveRule, SeverityOverride } from "./settings.ts";

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
  readonly failOn: Severity | "never";
  /** 0 = all. */
  readonly maxSamples: number;
  /** [audit] */
  readonly command?: Report["command"];
  readonly version: string;
  /** Called for every error answer met. */
  readonly onError?: () => void;
}
