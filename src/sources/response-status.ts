import { F } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";

/** The status, also where it is written as a string; 0 or less where the capture says that there was none, NaN where what stands there is no status. */
export function readStatus(parts: EntryParts): number {
  const raw = parts.raw(F.status);
  if (raw !== undefined && raw.end - raw.start === 3) {
    const status = digits(raw.bytes, raw.start);
    if (status !== undefined && status >= 100) return status;
  }
  if (!parts.has(F.status)) return 0;
  const value = parts.value(F.status);
  if (value === null) return 0;
  const status = typeof value === "string" && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
  // Up to 999 some tools have codes of their own for requests that failed (RFC 9110, 15).
  return typeof status === "number" && Number.isInteger(status) && (status <= 0 || (status >= 100 && status <= 999)) ? status : Number.NaN;
}

function digits(bytes: Buffer, start: number): number | undefined {
  let number = 0;
  for (let i = start; i < start + 3; i++) {
    const digit = (bytes[i] as number) - 48;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}
