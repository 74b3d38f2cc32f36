import type { Baseline } from "./engine/baseline.ts";
import type { Judging } from "./engine/judging.ts";
import type { ActiveRule } from "./engine/settings.ts";
import { isSilenced } from "./engine/severity-of.ts";
import type { Contract } from "./model/contract.ts";
import { subjects } from "./model/finding.ts";
import type { AuditOptions } from "./options/options.ts";
import { version } from "./version.ts";

/** What of the options says how exchanges are judged, whatever command they come from. */
export type JudgingOptions = Pick<
  AuditOptions,
  "subjects" | "severities" | "ignores" | "require" | "minCoverage" | "failOn" | "maxSamples" | "together" | "exchanges" | "config"
>;

/** What exchanges are judged by: the options, and what holds where they say nothing. */
export function judgingOf(contract: Contract, rules: readonly ActiveRule[], options: JudgingOptions, baseline?: Baseline): Judging {
  const { severities = [] } = options;
  return {
    contract,
    rules: rules.filter(({ rule }) => !isSilenced(rule, severities)),
    servers: contract.servers,
    subjects: options.subjects ?? subjects,
    gate: { required: options.require ?? [], minCoverage: options.minCoverage ?? 0 },
    failOn: options.failOn ?? "error",
    maxSamples: options.maxSamples ?? 5,
    severities,
    ignores: options.ignores ?? [],
    together: options.together ?? false,
    exchanges: options.exchanges ?? false,
    ...(baseline && { baseline }),
    ...(options.config !== undefined && { config: options.config }),
    version,
  };
}
