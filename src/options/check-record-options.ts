import { isOwnPort } from "../syntax/own-port.ts";
import { readTarget } from "../syntax/read-target.ts";
import { baselineChecks, judgingChecks } from "./judging-checks.ts";
import {
  type Check,
  capital,
  checkEach,
  checkTexts,
  isCount,
  isFilled,
  isFlag,
  isFunction,
  isRecord,
  quote,
  wrongKind,
} from "./option-checks.ts";
import type { RecordOptions } from "./record-options.ts";

/**
 * What `record` was given, checked as if by a program without types.
 *
 * @throws TypeError for a value of the wrong kind, RangeError for one that is not allowed; each names the option, the value and what is allowed
 */
export function checkRecordOptions(options: RecordOptions): void {
  checkEach(options, checks, "record");
  if (options.target === undefined) throw wrongKind("the option target", "a URL such as https://api.example.com", undefined);
  if (options.command === undefined) throw wrongKind("the option command", commandForm, undefined);
  const { target, port } = options;
  if (port !== undefined && port > 0 && isOwnPort(target, port))
    throw new RangeError(`The options target and port ${roundInCircles(port)}.`);
}

/** What is wrong with a proxy that is its own target. */
export function roundInCircles(port: number): string {
  return `name the same place, port ${port} of this machine: requests would go round in circles. Give the proxy another port, or none for one that is free`;
}

/** Why a text cannot be the name of an environment variable that every shell can read; undefined = it can. */
export function variableFault(name: string): string | undefined {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? undefined : "is no name of an environment variable: letters, digits and _, no digit first";
}

/** Why a text cannot be added to an address; undefined = it can. */
export function suffixFault(suffix: string): string | undefined {
  return suffix === "" || /^\/[^\s?#\\]*$/.test(suffix) ? undefined : "is no path to be added to the address, such as /v1";
}

const commandForm = 'a program and its words, such as ["npm", "test"], or a function';

const checks: Readonly<Record<keyof RecordOptions, Check>> = {
  ...judgingChecks,
  ...baselineChecks,
  target(option, value) {
    if (typeof value !== "string" || value === "") throw wrongKind(option, "a URL such as https://api.example.com", value);
    const read = readTarget(value);
    if ("fault" in read) throw new RangeError(`${capital(option)} ${read.fault}${read.advice === undefined ? "" : `; ${read.advice}`}.`);
  },
  command(option, value) {
    if (typeof value === "function") return;
    if (!Array.isArray(value) || value.length === 0) throw wrongKind(option, commandForm, value);
    checkTexts(`${option}`, value.slice(0, 1));
    for (const word of value) if (typeof word !== "string") throw wrongKind(`each of ${option}`, "a text", word);
  },
  names(option, value) {
    if (!isRecord(value) || Object.keys(value).length === 0) throw wrongKind(option, 'an object such as { API_URL: "" }', value);
    for (const [name, suffix] of Object.entries(value)) {
      if (typeof suffix !== "string") throw wrongKind(`${option}: ${name}`, "a path to be added, or an empty text", suffix);
      const fault = variableFault(name);
      if (fault !== undefined) throw new RangeError(`${capital(option)}: ${quote(name)} ${fault}.`);
      const wrong = suffixFault(suffix);
      if (wrong !== undefined) throw new RangeError(`${capital(option)}: ${name}: ${quote(suffix)} ${wrong}.`);
    }
  },
  port(option, value) {
    isCount("a port from 0 to 65535")(option, value);
    if ((value as number) > 65_535) throw new RangeError(`${capital(option)} cannot be ${value}. It takes a port from 0 to 65535.`);
  },
  record: isFilled("a file"),
  ca: isFilled("a file"),
  insecure: isFlag,
  env(option, value) {
    if (typeof value !== "object" || value === null) throw wrongKind(option, "an object such as process.env", value);
  },
  signal(option, value) {
    if (!(value instanceof AbortSignal)) throw wrongKind(option, "an AbortSignal", value);
  },
  onListening: isFunction,
  onWriting: isFunction,
};
