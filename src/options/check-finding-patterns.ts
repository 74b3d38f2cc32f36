import { severities, subjects } from "../model/finding.ts";
import { isCalendarDay } from "../syntax/calendar-day.ts";
import { type Check, capital, checkName, isRecord, isText, quote, wrongKind } from "./option-checks.ts";

const patternKeys = ["rule", "subject", "operation", "row"];

/** Severities of some findings, as a program may give them. */
export const checkOverrides: Check = (option, value) => {
  const form = '{ row: "rate-limited", severity: "note" }';
  for (const override of entriesOf(option, value, form, [...patternKeys, "severity"])) {
    checkPattern(option, override, patternKeys);
    checkName(`${option}: severity`, override.severity, [...severities, "off"]);
  }
};

/** Findings to be passed over, as a program may give them. */
export const checkIgnores: Check = (option, value) => {
  const form = '{ row: "rate-limited", reason: "API-1234", until: "2027-01-31" }';
  const keys = [...patternKeys, "fingerprint"];
  for (const ignore of entriesOf(option, value, form, [...keys, "reason", "until", "source"])) {
    checkPattern(option, ignore, keys);
    const { reason, until, source } = ignore;
    if (!isText(reason)) throw wrongKind(`${option}: reason`, "a text", reason);
    if (typeof until !== "string") throw wrongKind(`${option}: until`, 'a day such as "2027-01-31"', until);
    if (!isCalendarDay(until)) throw new RangeError(`${capital(option)}: ${quote(until)} is no day. Write it like 2027-01-31.`);
    if (source !== undefined && !(isRecord(source) && isText(source.file) && Number.isSafeInteger(source.line)))
      throw wrongKind(`${option}: source`, 'an object such as { file: "ignores.yaml", line: 3 }', source);
  }
};

function entriesOf(option: string, value: unknown, form: string, keys: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) throw wrongKind(option, `an array such as [${form}]`, value);
  for (const entry of value) {
    if (!isRecord(entry)) throw wrongKind(`each of ${option}`, `an object such as ${form}`, entry);
    for (const key of Object.keys(entry))
      if (!keys.includes(key)) throw new TypeError(`${capital(option)}: ${quote(key)} is no key. There are ${keys.join(", ")}.`);
  }
  return value;
}

/** One that names nothing would mean every finding. */
function checkPattern(option: string, entry: Readonly<Record<string, unknown>>, keys: readonly string[]): void {
  const given = keys.filter((key) => entry[key] !== undefined);
  if (given.length === 0) throw new RangeError(`${capital(option)}: each must name one of ${keys.join(", ")}.`);
  for (const key of given)
    if (key === "subject") checkName(`${option}: subject`, entry.subject, subjects);
    else if (!isText(entry[key])) throw wrongKind(`${option}: ${key}`, "a text that is not empty", entry[key]);
}
