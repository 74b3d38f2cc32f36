import { severities, subjects } from "../model/finding.ts";
import type { Rule, Watch } from "../model/rule.ts";
import { nearestName } from "../syntax/nearest.ts";

type Check = (value: unknown) => string | undefined;

const isText: Check = (value) => (typeof value === "string" && value.trim() !== "" ? undefined : "must be a text");
const isOneOf =
  (names: readonly string[]): Check =>
  (value) =>
    names.includes(value as string) ? undefined : `must be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}${meaning(value, names)}`;

const members: Readonly<Record<keyof Rule, Check>> = {
  id: (value) =>
    typeof value === "string" && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\/[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(value)
      ? undefined
      : 'must be family/name in lower case, such as "tracing/trace-id-missing"',
  summary: isText,
  severity: isOneOf([...severities, "off"]),
  needs: isOneOf(["exchange", "session", "accounts", "change"]),
  advice: isText,
  watch: (value) => (typeof value === "function" ? undefined : "must be a function that returns the hooks"),
  subject: (value) => (value === undefined ? undefined : isOneOf(subjects)(value)),
  docs: (value) => (value === undefined ? undefined : isText(value)),
};

const hooks: Readonly<Record<keyof Watch, true>> = { exchange: true, error: true, unanswered: true, endTimeline: true, end: true };

/** Why a value is no rule, a phrase that goes on from the rule's name; undefined = it is one. */
export function ruleFault(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return "is no object";
  const rule = value as Record<string, unknown>;
  for (const name of Object.keys(rule)) if (!Object.hasOwn(members, name)) return unknownMember("a rule", name, Object.keys(members));
  for (const [name, check] of Object.entries(members)) {
    const fault = check(rule[name]);
    if (fault !== undefined) return rule[name] === undefined ? `has no ${name}: it ${fault}` : `has a wrong ${name}: it ${fault}`;
  }
  return undefined;
}

/** Why what `watch` returned is no set of hooks; undefined = it is one. */
export function watchFault(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return "watch returned no object";
  for (const [name, hook] of Object.entries(value)) {
    if (!Object.hasOwn(hooks, name)) return `watch returned what ${unknownMember("a watch", name, Object.keys(hooks))}`;
    if (hook !== undefined && typeof hook !== "function") return `watch returned a ${name} that is no function`;
  }
  return undefined;
}

function unknownMember(of: string, name: string, names: readonly string[]): string {
  return `has "${name}", which ${of} has not${meaning(name, names) || `: it has ${names.join(", ")}`}`;
}

function meaning(value: unknown, names: readonly string[]): string {
  const near = typeof value === "string" ? nearestName(value, names) : undefined;
  return near === undefined ? "" : `; did you mean "${near}"?`;
}
