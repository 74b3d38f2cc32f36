import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Rule } from "../model/rule.ts";
import { ruleFault, watchFault } from "./check-rule-shape.ts";
import { RuleFileError } from "./rule-file-error.ts";

/** Does a word name a rule file, and not a rule? `./checks/trace-id.mjs` */
export function isRuleFile(word: string): boolean {
  return /^(?:\.{1,2}[/\\]|[/\\]|[A-Za-z]:[/\\])/.test(word) || /\.[cm]?[jt]s$/.test(word);
}

/**
 * The rules that a module exports: its default export, one rule or a list of them. The module runs with all the rights of the process: name
 * only your own.
 *
 * @throws RuleFileError where it cannot be loaded or exports something else.
 */
export async function loadRules(file: string, cwd: string): Promise<readonly Rule[]> {
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new RuleFileError(`There is no rule file ${file}. Check the path; it is relative to the working directory.`);
  const { default: exported } = await importModule(file, path);
  const values: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (exported === undefined || values.length === 0)
    throw new RuleFileError(
      `${file} exports no rule. Write "export default { id, summary, severity, needs, advice, watch }"; docs/your-own-rules.md shows one.`,
    );
  return values.map((value, index) => {
    const fault = ruleFault(value);
    const which = values.length === 1 ? "the rule" : `rule ${index + 1}`;
    if (fault !== undefined) throw new RuleFileError(`${file}: ${which} ${fault}${fault.endsWith("?") ? "" : "."}`);
    return checked(value as Rule, pageOf(path, cwd));
  });
}

async function importModule(file: string, path: string): Promise<{ readonly default?: unknown }> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    // Where a module does not parse, its place is all that stands before the message.
    const line = /^file:\S+?:(\d+)\n/.exec(stack)?.[1];
    throw new RuleFileError(`${file}${line === undefined ? "" : `:${line}`} cannot be loaded: ${message.split("\n", 1)[0]}`);
  }
}

/** A rule whose hooks are looked at when it begins: a misspelt one would never be called, and pass for silence. */
function checked(rule: Rule, docs: string): Rule {
  return {
    docs,
    ...rule,
    watch(watching) {
      const watch: unknown = rule.watch(watching);
      const fault = watchFault(watch);
      if (fault !== undefined) throw new TypeError(fault);
      return watch as ReturnType<Rule["watch"]>;
    },
  };
}

/** A rule's page stands beside it; without one the file itself must do. Relative to the working directory, with "/". */
function pageOf(path: string, cwd: string): string {
  const page = path.replace(/\.[^.]+$/, ".md");
  return relative(cwd, existsSync(page) ? page : path)
    .split(sep)
    .join("/");
}
