import type { UnmetName } from "./config/refuse-unmet.ts";
import { requirable, requiredFault } from "./engine/coverage-gate.ts";
import type { FindingPattern } from "./engine/settings.ts";
import type { Contract } from "./model/contract.ts";
import type { AuditOptions } from "./options/options.ts";
import { nearestName } from "./syntax/nearest.ts";
import { matchesWildcard } from "./syntax/wildcard.ts";

/** Names of rows, operations and provisions that the contract does not have: a requirement or an ignore that can never be met is misspelt. */
export function unmetNames(contract: Contract, options: NamedOptions): UnmetName[] {
  const { require = [] } = options;
  const rows = contract.rows.map(({ name }) => name);
  const operations = [...contract.operations.map(({ name }) => name), "other"];
  return [
    ...patternsOf(options).flatMap((pattern) => [
      ...unmetIn(pattern, "row", rows, contract),
      ...unmetIn(pattern, "operation", operations, contract),
    ]),
    ...require.flatMap((name, index): UnmetName[] => {
      const sentence = requiredFault(contract, [name]);
      if (sentence === undefined) return [];
      const kind = `row, operation or provision of ${contract.file}`;
      return [{ name, holder: require, part: [index], kind, candidates: requirable(contract), sentence }];
    }),
  ];
}

/** What names findings besides `rules`. */
export function patternsOf({ severities = [], ignores = [] }: NamedOptions): readonly FindingPattern[] {
  return [...severities, ...ignores];
}

/** The options that name rows and operations. */
export type NamedOptions = Pick<AuditOptions, "require" | "severities" | "ignores">;

function unmetIn(pattern: FindingPattern, key: "row" | "operation", names: readonly string[], { file }: Contract): UnmetName[] {
  const name = pattern[key];
  if (name === undefined || names.some((each) => matchesWildcard(each, name))) return [];
  const near = nearestName(name, names);
  const sentence = `${file} has no ${key} "${name}".${near === undefined ? "" : ` Did you mean "${near}"?`}`;
  return [{ name, holder: pattern, part: [key], kind: `${key} of ${file}`, candidates: names, sentence }];
}
