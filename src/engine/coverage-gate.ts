import type { Contract } from "../model/contract.ts";
import { provisionsOf } from "../model/provision.ts";
import type { Coverage } from "../model/report.ts";
import { nearestName } from "../syntax/nearest.ts";
import { matchesWildcard } from "../syntax/wildcard.ts";

/** What must have been put to the test, lest silence pass for a kept promise. */
export interface CoverageGate {
  /** Rows, operations and provisions by name, `*` for any characters. */
  readonly required: readonly string[];
  /** Per cent of the rows. */
  readonly minCoverage: number;
}

/** Names of what can be required: rows, provisions, operations. */
export function requirable(contract: Contract): readonly string[] {
  return [...contract.rows, ...provisionsOf(contract), ...contract.operations].map(({ name }) => name);
}

/** Why a name is none of the contract's; undefined = all are. */
export function requiredFault(contract: Contract, required: readonly string[]): string | undefined {
  const names = requirable(contract);
  for (const pattern of required) {
    if (names.some((name) => matchesWildcard(name, pattern))) continue;
    const near = nearestName(pattern, names);
    const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
    return `${contract.file} has no row, operation or provision "${pattern}".${meant} "envelint contract table" lists its rows; a provision is like masking:course.`;
  }
  return undefined;
}

/** One sentence for each thing that was asked for and not put to the test. */
export function judgeCoverage({ rows, provisions, operations }: Coverage, { required, minCoverage }: CoverageGate): string[] {
  const entries = [
    ...rows.map(({ row, verdict }) => ({ name: row, verdict })),
    ...provisions.map(({ provision, verdict }) => ({ name: provision, verdict })),
    ...operations.map(({ operation, verdict }) => ({ name: operation, verdict })),
  ];
  const untested = entries.filter(({ verdict }) => verdict === "unseen" || verdict === "not observable");
  const missing = untested.filter(({ name }) => required.some((pattern) => matchesWildcard(name, pattern)));
  const tested = rows.filter(({ verdict }) => verdict === "kept" || verdict === "broken").length;
  const share = rows.length === 0 ? 100 : (100 * tested) / rows.length;
  return [
    ...missing.map(({ name, verdict }) => `${name} is required, but was not put to the test (${verdict}).`),
    ...(share < minCoverage
      ? [`${tested} of ${rows.length} promises were put to the test: ${Math.floor(share)} %, less than the ${minCoverage} % asked for.`]
      : []),
  ];
}
