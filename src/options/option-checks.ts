import { nearestName } from "../syntax/nearest.ts";

/** Throws where a value is none that an option may have. */
export type Check = (option: string, value: unknown) => void;

/** What a function was given, checked as if by a program without types. A name that is no option's is an error, with the nearest. */
export function checkEach(given: unknown, checks: Readonly<Record<string, Check>>, caller: string): void {
  if (!isRecord(given)) throw wrongKind(`the options of ${caller}`, "an object", given);
  const names = Object.keys(checks);
  for (const name of Object.keys(given))
    if (!names.includes(name))
      throw new TypeError(`${caller} has no option ${quote(name)}.${nearest(name, names)} It has ${list(names, "and")}.`);
  for (const [name, check] of Object.entries(checks)) if (given[name] !== undefined) check(`the option ${name}`, given[name]);
}

export const isFlag: Check = (option, value) => {
  if (typeof value !== "boolean") throw wrongKind(option, "true or false", value);
};

export const isFunction: Check = (option, value) => {
  if (typeof value !== "function") throw wrongKind(option, "a function", value);
};

/** `form`: what a right value is, for people. */
export function isCount(form: string): Check {
  return (option, value) => {
    if (typeof value !== "number") throw wrongKind(option, form, value);
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${capital(option)} cannot be ${value}. It takes ${form}.`);
  };
}

/** `form`: what a right value is, for people. */
export function isFilled(form: string): Check {
  return (option, value) => {
    if (!isText(value)) throw wrongKind(option, form, value);
  };
}

export function checkTexts(option: string, values: readonly unknown[]): void {
  for (const value of values) if (!isText(value)) throw wrongKind(`each of ${option}`, "a text that is not empty", value);
}

export function checkName(option: string, value: unknown, names: readonly string[]): void {
  if (typeof value !== "string") throw wrongKind(option, list(names, "or"), value);
  if (!names.includes(value))
    throw new RangeError(`${capital(option)} cannot be ${quote(value)}.${nearest(value, names)} It takes ${list(names, "or")}.`);
}

/** `The option failOn must be error, warning, note or never, not 3.` */
export function wrongKind(option: string, allowed: string, value: unknown): TypeError {
  return new TypeError(`${capital(option)} must be ${allowed}, not ${describe(value)}.`);
}

function describe(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : typeof value === "function" ? "a function" : String(value);
}

function nearest(name: string, names: readonly string[]): string {
  const near = nearestName(name, names);
  return near === undefined ? "" : ` Did you mean ${quote(near)}?`;
}

function list(names: readonly string[], last: "and" | "or"): string {
  return `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
}

export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
