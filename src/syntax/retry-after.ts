import { parseHttpDate } from "./http-date.ts";

/** What is wrong with a Retry-After that is neither of the two things it may be (RFC 9110 10.2.3). */
export type WaitFault = "empty" | "repeated" | "list" | "fraction" | "sign" | "unit" | "epoch" | "date" | "other";

/** A Retry-After field, read. */
export type Wait =
  | { readonly kind: "seconds"; readonly seconds: number }
  | { readonly kind: "date"; readonly at: number; readonly obsolete: boolean }
  | { readonly kind: "malformed"; readonly fault: WaitFault };

/** For people, to follow a value: "… is `text`". */
export const waitFaults: Readonly<Record<WaitFault, string>> = {
  empty: "empty",
  repeated: "sent on more than one line",
  list: "a list of values",
  fraction: "a fraction, and seconds are whole",
  sign: "a number with a sign",
  unit: "a number with a unit",
  epoch: "a moment counted from 1970, and not a wait",
  date: "a date of another format than HTTP's",
  other: "neither a whole number of seconds nor an HTTP-date",
};

/** Reads the lines of a Retry-After field; undefined where there is none. `near` (milliseconds) helps to read a year of two digits. */
export function readRetryAfter(lines: readonly string[], near?: number): Wait | undefined {
  // Browsers write the lines of one field into one value of their captures.
  const values = lines.flatMap((line) => line.split("\n")).map((value) => value.replace(/^[ \t\r]+|[ \t\r]+$/g, ""));
  const [value] = values;
  if (value === undefined) return undefined;
  if (values.length > 1) return malformed("repeated");
  if (/^[0-9]+$/.test(value)) return isEpoch(Number(value)) ? malformed("epoch") : { kind: "seconds", seconds: Number(value) };
  const date = parseHttpDate(value, near);
  return date === undefined ? malformed(faultOf(value)) : { kind: "date", ...date };
}

/** Seconds from `date` (milliseconds: when the answer was made) until a wait is over; undefined where that cannot be told. */
export function secondsOf(wait: Wait, date: number | undefined): number | undefined {
  if (wait.kind === "seconds") return wait.seconds;
  return wait.kind === "date" && date !== undefined ? (wait.at - date) / 1000 : undefined;
}

/** Over thirty years in seconds, or the same moment in milliseconds: nobody means such a wait. */
function isEpoch(seconds: number): boolean {
  return (seconds >= 1e9 && seconds < 1e11) || (seconds >= 1e12 && seconds < 1e14);
}

function malformed(fault: WaitFault): Wait {
  return { kind: "malformed", fault };
}

function faultOf(value: string): WaitFault {
  if (value === "") return "empty";
  if (/^[0-9]+\s*[,;]/.test(value) || /GMT\s*,/.test(value)) return "list";
  if (/^[0-9]*\.[0-9]*$/.test(value)) return "fraction";
  if (/^[+-]\s*[0-9.]+$/.test(value)) return "sign";
  if (/^[0-9.]+\s*(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)$/i.test(value)) return "unit";
  if (/^[0-9]{4}-[0-9]{2}/.test(value) || /\b[0-9]{1,2}:[0-9]{2}\b/.test(value)) return "date";
  return "other";
}
