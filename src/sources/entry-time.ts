import { parseTimestamp } from "../syntax/timestamp.ts";
import { F } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";

/** When an entry began, in milliseconds since the epoch; undefined where that is not known. Read off the bytes where it is written as most tools do. */
export function readStart(parts: EntryParts): number | undefined {
  const raw = parts.raw(F.startedDateTime);
  if (raw !== undefined && raw.end - raw.start === usual.length + 2) {
    const time = readUsual(raw.bytes, raw.start + 1);
    if (time >= 0) return time;
  }
  return parseTimestamp(parts.text(F.startedDateTime) ?? "");
}

const usual = "2024-01-08T09:00:00.000Z";

/** The day that was read last, which most entries of a capture share. */
const day = { bytes: Buffer.alloc(10), start: undefined as number | undefined };

/** Negative where it is written otherwise, or is no time. */
function readUsual(bytes: Buffer, at: number): number {
  if (bytes[at + 10] !== 84 || bytes[at + 13] !== 58 || bytes[at + 16] !== 58 || bytes[at + 19] !== 46 || bytes[at + 23] !== 90) return -1;
  const hours = digits(bytes, at + 11, 2);
  const minutes = digits(bytes, at + 14, 2);
  const seconds = digits(bytes, at + 17, 2);
  const milliseconds = digits(bytes, at + 20, 3);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59 || milliseconds < 0) return -1;
  const start = startOfDay(bytes, at);
  return start === undefined || start < 0 ? -1 : start + ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}

function startOfDay(bytes: Buffer, at: number): number | undefined {
  let same = 0;
  while (same < 10 && bytes[at + same] === day.bytes[same]) same++;
  if (same < 10) {
    bytes.copy(day.bytes, 0, at, at + 10);
    day.start = parseTimestamp(`${bytes.toString("latin1", at, at + 10)}T00:00:00.000Z`);
  }
  return day.start;
}

/** Negative where one is none. */
function digits(bytes: Buffer, at: number, count: number): number {
  let number = 0;
  for (let i = at; i < at + count; i++) {
    const digit = (bytes[i] as number) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}
