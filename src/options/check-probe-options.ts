import { checkTargets } from "./check-options.ts";
import { judgingChecks } from "./judging-checks.ts";
import { type Check, checkEach, checkTexts, isCount, isFilled, isFlag, isFunction, wrongKind } from "./option-checks.ts";
import type { ProbeOptions } from "./probe-options.ts";

/**
 * What `probe` was given, checked as if by a program without types: a misspelt limit must not pass for one that holds.
 *
 * @throws TypeError for a value of the wrong kind, RangeError for one that is not allowed; each names the option, the value and what is allowed
 */
export function checkProbeOptions(plan: unknown, options: ProbeOptions): void {
  if (typeof plan !== "string") throw wrongKind("the first argument of probe", "a plan's file", plan);
  checkTargets(plan, "the first argument of probe");
  checkEach(options, checks, "probe");
}

const checks: Readonly<Record<keyof ProbeOptions, Check>> = {
  ...judgingChecks,
  defaultContract: isFilled("a path or builtin:NAME"),
  target: isFilled("a URL such as https://api.example.com"),
  probes(option, value) {
    if (!Array.isArray(value)) throw wrongKind(option, 'an array of ids such as ["mask/*"]', value);
    checkTexts(option, value);
  },
  maxRequests: isCount("a whole number"),
  readsOnly: isFlag,
  allowWrites: isFlag,
  allowBurst: isFlag,
  record: isFilled("a file"),
  announce: isFlag,
  env(option, value) {
    if (typeof value !== "object" || value === null) throw wrongKind(option, "an object such as process.env", value);
  },
  seed: isCount("a whole number"),
  signal(option, value) {
    if (!(value instanceof AbortSignal)) throw wrongKind(option, "an AbortSignal", value);
  },
  onEvent: isFunction,
  now: isFunction,
  sleep: isFunction,
};
