import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { Rule, Watching } from "../model/rule.ts";
import { describeThrown } from "../syntax/thrown.ts";
import { hookNames, isPromise, placeFault, ruleFault, tellingFault, watchFault } from "./check-rule-shape.ts";
import { importOwn } from "./import-own.ts";
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
  const exported = await importOwn("rule file", file, path);
  // A list with holes has rules that are none.
  const values: readonly unknown[] = Array.isArray(exported) ? Array.from(exported) : [exported];
  if (exported === undefined || values.length === 0)
    throw new RuleFileError(
      `${file} exports no rule. Write "export default { id, summary, severity, needs, advice, watch }"; docs/your-own-rules.md shows one.`,
    );
  return values.map((value, index) => {
    const which = values.length === 1 ? "the rule" : `rule ${index + 1}`;
    const fault = faultOf(value);
    if (fault !== undefined) throw new RuleFileError(`${file}: ${which} ${fault}${fault.endsWith("?") ? "" : "."}`);
    return checked(value as Rule, pageOf(path, cwd));
  });
}

/** What cannot even be looked at is no rule either. */
function faultOf(value: unknown): string | undefined {
  try {
    return ruleFault(value);
  } catch (error) {
    return `cannot be looked at: ${describeThrown(error)}`;
  }
}

/**
 * A rule that is looked at while it works: a misspelt hook would never be called, one that is not waited for would speak too late, and either would
 * pass for silence. What it tells must have the shape of a telling.
 */
function checked(rule: Rule, page: string): Rule {
  const { id, summary, severity, needs, advice, subject = "server", docs = page } = rule;
  return {
    ...{ id, summary, severity, needs, advice, subject, docs },
    watch(watching) {
      const watch: unknown = rule.watch({
        ...watching,
        tell: checkedTell(watching),
        witness: checkedWitness(watching),
        unobservable(on, reason) {
          refuse(reason === undefined || typeof reason === "string" ? undefined : "unobservable was given a reason that is no text");
          watching.unobservable(on, reason);
        },
      });
      if (isPromise(watch)) watch.then(undefined, () => {});
      refuse(watchFault(watch));
      const hooks = watch as Readonly<Record<string, ((...given: never[]) => unknown) | undefined>>;
      return Object.fromEntries(hookNames(hooks).map((name) => [name, hooks[name] && checkedHook(name, hooks[name].bind(hooks))]));
    },
  };
}

function checkedTell({ tell }: Watching): Watching["tell"] {
  return (telling) => {
    const fault = tellingFault(telling);
    refuse(fault && `tell ${fault}`);
    tell(telling);
  };
}

function checkedWitness({ witness }: Watching): Watching["witness"] {
  return (on, place) => {
    const fault = placeFault(place);
    refuse(fault && `witness ${fault}`);
    return witness(on, place);
  };
}

function checkedHook(name: string, hook: (...given: never[]) => unknown) {
  return (...given: never[]) => {
    const returned = hook(...given);
    if (!isPromise(returned)) return;
    returned.then(undefined, () => {});
    refuse(`the hook ${name} returned a promise: hooks are not waited for`);
  };
}

function refuse(fault: string | undefined): void {
  if (fault !== undefined) throw new TypeError(fault);
}

/** A rule's page stands beside it; without one the file itself must do. Relative to the working directory, with "/". */
function pageOf(path: string, cwd: string): string {
  const page = path.replace(/\.[^.]+$/, ".md");
  return relative(cwd, existsSync(page) ? page : path)
    .split(sep)
    .join("/");
}
