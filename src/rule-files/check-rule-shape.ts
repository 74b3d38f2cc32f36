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
  spans: (value) => (value === undefined || value === "captures" ? undefined : 'must be "captures", or be left out'),
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
  if (typeof value !== "object" || value === null) return "watch returned no object of hooks";
  if (isPromise(value)) return "watch returned a promise: it cannot be async, and nor can its hooks";
  for (const name of hookNames(value)) {
    const hook = (value as Record<string, unknown>)[name];
    if (!Object.hasOwn(hooks, name))
      return `watch returned "${name}", which is no hook${meaning(name, Object.keys(hooks)) || `: they are ${Object.keys(hooks).join(", ")}`}`;
    if (hook !== undefined && typeof hook !== "function") return `watch returned a ${name} that is no function`;
  }
  return undefined;
}

/** The members that would be hooks: an object's own, and those of its class. */
export function hookNames(watch: object): string[] {
  const own = Object.keys(watch);
  const shape = Object.getPrototypeOf(watch) as object | null;
  const inherited =
    shape === null || shape === Object.prototype ? [] : Object.getOwnPropertyNames(shape).filter((name) => name !== "constructor");
  return [...new Set([...own, ...inherited])];
}

/** Hooks are not waited for. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

const placeKinds = ["exchange", "status", "method", "url", "header", "body"];

/** Why what was told is no telling, a phrase that goes on from "tell"; undefined = it is one. */
export function tellingFault(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return "was given no object";
  const { on, say, place, expected, found, severity, subject } = value as Record<string, unknown>;
  if (typeof on !== "object" || on === null) return "lacks `on`: the exchange, the answer, or a witness";
  const { note, text } = (typeof say === "object" && say !== null ? say : {}) as Record<string, unknown>;
  if (typeof note !== "string" || typeof text !== "string") return "lacks `say`, or it is not made by messages(): { note, text }";
  const fault = placeFault(place);
  if (fault !== undefined) return fault;
  for (const [name, fact] of Object.entries({ expected, found })) if (typeof fact !== "string") return `lacks \`${name}\`, a text`;
  const [badSeverity, badSubject] = [
    severity !== undefined && isOneOf(severities)(severity),
    subject !== undefined && isOneOf(subjects)(subject),
  ];
  return badSeverity ? `has a severity that ${badSeverity}` : badSubject ? `has a subject that ${badSubject}` : undefined;
}

/** Why a value is no place. */
export function placeFault(value: unknown): string | undefined {
  const { kind, name, pointer } = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const wrong = isOneOf(placeKinds)(kind);
  if (wrong !== undefined) return `has a place whose kind ${wrong}`;
  if (kind === "header" && typeof name !== "string") return "has a place of a header without its `name`";
  return kind === "body" && typeof pointer !== "string" ? "has a place in a body without its `pointer`" : undefined;
}

function unknownMember(of: string, name: string, names: readonly string[]): string {
  return `has "${name}", which ${of} has not${meaning(name, names) || `: it has ${names.join(", ")}`}`;
}

function meaning(value: unknown, names: readonly string[]): string {
  const near = typeof value === "string" ? nearestName(value, names) : undefined;
  return near === undefined ? "" : `; did you mean "${near}"?`;
}
