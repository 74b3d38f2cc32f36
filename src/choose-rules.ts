import { rules } from "../rules/index.ts";
import { refuseUnmet, type UnmetName } from "./config/refuse-unmet.ts";
import { type ActiveRule, nearRules, type RuleChoice, selectRules, unknownRule } from "./engine/settings.ts";
import type { Contract } from "./model/contract.ts";
import type { Severity } from "./model/finding.ts";
import type { Rule } from "./model/rule.ts";
import { OptionError } from "./options/option-error.ts";
import { isRuleFile, loadRules } from "./rule-files/load-rules.ts";
import { matchesWildcard } from "./syntax/wildcard.ts";
import { type NamedOptions, patternsOf, unmetNames } from "./unmet-names.ts";

/**
 * The rules that run: envelint's own and those of the files that the choices name, each at its severity.
 *
 * @param options What else names rules, and rows and operations of the contract: those names are looked up as well
 * @throws OptionError for a name that there is none of, ConfigError where a configuration has it; RuleFileError for a file that holds no rule.
 */
export async function chooseRules(
  choices: readonly RuleChoice[],
  cwd: string,
  options: NamedOptions,
  contract: Contract,
): Promise<readonly ActiveRule[]> {
  const { all, settings } = await gatherRules(choices, cwd);
  refuseUnmet([
    ...settings.flatMap(({ pattern, choice }) => unmet(pattern, choice, all)),
    ...patternsOf(options).flatMap((pattern) => (pattern.rule === undefined ? [] : unmet(pattern.rule, pattern, all, ["rule"]))),
    ...unmetNames(contract, options),
  ]);
  return selectRules(
    all,
    settings.map(({ pattern, severity }) => [pattern, severity]),
  );
}

/** What a choice says of the rules that a pattern means. */
export interface GatheredSetting {
  readonly pattern: string;
  readonly severity: Severity | "off";
  readonly choice: RuleChoice;
}

/** All rules, those of files among them, and what the choices say of them, in their order. */
export async function gatherRules(
  choices: readonly RuleChoice[],
  cwd: string,
): Promise<{ readonly all: readonly Rule[]; readonly settings: readonly GatheredSetting[] }> {
  const loaded = new Map<string, readonly Rule[]>();
  const settings: GatheredSetting[] = [];
  for (const choice of choices) {
    const [pattern, severity] = choice;
    if (isRuleFile(pattern)) {
      const own = loaded.get(pattern) ?? (await loadRules(pattern, cwd));
      loaded.set(pattern, own);
      if (severity !== undefined) for (const { id } of own) settings.push({ pattern: id, severity, choice });
    } else if (severity !== undefined) settings.push({ pattern, severity, choice });
  }
  const all = [...rules];
  for (const [file, own] of loaded)
    for (const rule of own) {
      if (all.some(({ id }) => id === rule.id))
        throw new OptionError(`${file}: there is another rule with the id ${rule.id}. Choose a new one.`);
      all.push(rule);
    }
  return { all, settings };
}

function unmet(name: string, holder: object, all: readonly Rule[], part: readonly string[] = []): UnmetName[] {
  if (all.some(({ id }) => matchesWildcard(id, name))) return [];
  return [{ name, holder, part, kind: "rule", candidates: nearRules(all), sentence: unknownRule(all, name) }];
}
