import type { Report } from "../model/report.ts";
import type { CoverageGate } from "./coverage-gate.ts";
import type { Judging } from "./judging.ts";
import type { Outline } from "./outline.ts";
import type { RuleAtWork } from "./rule-at-work.ts";
import type { Ignore } from "./settings.ts";

/** What a report is made by. Plain data, so that a shard can carry it. */
export interface Concluding {
  readonly outline: Outline;
  /** URL prefixes in scope; empty = found out. */
  readonly servers: readonly string[];
  /** The rules that ran. */
  readonly rules: readonly RuleAtWork[];
  readonly subjects: Judging["subjects"];
  readonly gate: CoverageGate;
  readonly failOn: Judging["failOn"];
  readonly maxSamples: number;
  readonly command: Report["command"];
  readonly version: string;
  readonly ignores: readonly Ignore[];
  /** The exchanges are one timeline (`--together`). */
  readonly together: boolean;
}
