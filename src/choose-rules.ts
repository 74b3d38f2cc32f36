import { rules } from "../rules/index.ts";
import { type ActiveRule, type RuleChoice, type RuleSetting, selectRules } from "./engine/settings.ts";
import type { Rule } from "./model/rule.ts";
import { OptionError } from "./option-error.ts";
import { isRuleFile, loadRules } from "./rule-files/load-rules.ts";

/**
 * The rules that run: envelint's own and those of the files that the choices name, each at its severity.
 *
 * @throws OptionError for a rule there is none of; RuleFileError for a file that holds none.
 */
export async function chooseRules(choices: readonly RuleChoice[], cwd: string): Promise<readonly ActiveRule[]> {
  const loaded = new Map<string, readonly Rule[]>();
  const settings: RuleSetting[] = [];
  for (const [pattern, severity] of choices) {
    if (isRuleFile(pattern)) {
      const own = loaded.get(pattern) ?? (await loadRules(pattern, cwd));
      loaded.set(pattern, own);
      if (severity !== undefined) for (const { id } of own) settings.push([id, severity]);
    } else if (severity !== undefined) settings.push([pattern, severity]);
  }
  const all = [...rules];
  for (const [file, own] of loaded)
    for (const rule of own) {
      if (all.some(({ id }) => id === rule.id))
        throw new OptionError(`${file}: there is another rule with the id ${rule.id}. Choose a new one.`);
      all.push(rule);
    }
  try {
    return selectRules(all, settings);
  } catch (error) {
    throw error instanceof RangeError ? new OptionError(error.message) : error;
  }
}
