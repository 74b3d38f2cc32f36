import type { Request } from "../../model/exchange.ts";
import { keepable } from "../shortened.ts";

/** What of an idempotency key can be guessed from another. */
export interface KeyShape {
  /** Characters, less the quotes of a structured field. */
  readonly length: number;
  /** The key with its numbers, or its time, taken out: equal for keys that differ in nothing else. "" = nothing to guess by. */
  readonly template: string;
  /** What was taken out was the time of the request. */
  readonly isTimed: boolean;
  readonly numbers: readonly string[];
}

/** A longer key, or one of more numbers, is not guessed from another. */
const [longest, mostNumbers] = [64, 3];
/** Milliseconds between the time in a key and the request: clocks are wrong, and dates are local. */
const near = 24 * 3_600_000;
/** What one step of a counter may skip: the keys of other clients, or of requests that the capture does not hold. */
const stride = 100;

export function shapeOf(key: string, request: Request, at: number | undefined): KeyShape {
  const text = key.trim().replace(/^"(.*)"$/, "$1");
  const shape = { length: text.length, template: "", isTimed: false, numbers: [] };
  if (text.length > longest) return shape;
  const time = timeIn(text, at);
  if (time !== undefined) return { ...shape, isTimed: true, template: keepable(text.replace(time, "#time")) };
  const numbers = text.match(/\d+/g) ?? [];
  if (numbers.length > mostNumbers) return shape;
  // A key made of an order's own number, or of the day's date, is made on purpose: so that whoever repeats the request makes the same.
  if (numbers.some((number) => isNamedIn(request, number)) || isNear(dateIn(text), at)) return shape;
  return { ...shape, template: keepable(text.replace(/\d+/g, "#")), numbers: numbers.map((number) => keepable(number)) };
}

/** Do keys of one template differ in a number that goes up in small steps? */
export function isCounter(keys: readonly (readonly string[])[]): boolean {
  const columns = (keys[0] ?? []).map((_, index) => [...new Set(keys.map((numbers) => Number(numbers[index])))]);
  const [varying, ...others] = columns.filter((values) => values.length > 1);
  if (varying === undefined || others.length > 0) return false;
  const sorted = varying.sort((a, b) => a - b);
  return sorted.every((value, index) => index === 0 || value - (sorted[index - 1] as number) <= stride);
}

/** The part of a key that says when it was made: 2026-01-15T09:30:00.123, with other separators or none, or a number since the epoch. */
function timeIn(text: string, at: number | undefined): string | undefined {
  const [moment = "", ...parts] = /(\d{4})-?(\d\d)-?(\d\d)[T_ .-]?(\d\d)[:.-]?(\d\d)[:.-]?(\d\d)(?:[.,]?\d{1,6})?/.exec(text) ?? [];
  const [year, month, day, hour, minute, second] = parts.map(Number) as [number, number, number, number, number, number];
  if (isNear(Date.UTC(year, month - 1, day, hour, minute, second), at)) return moment;
  // Seconds, or milliseconds and finer: the first thirteen digits are the milliseconds.
  const [epoch = ""] = /\d{10,19}/.exec(text) ?? [];
  return isNear(Number(epoch.slice(0, 13).padEnd(13, "0")), at) ? epoch : undefined;
}

function dateIn(text: string): number {
  const [, year, month, day] = (/(\d{4})-?(\d\d)-?(\d\d)/.exec(text) ?? []).map(Number) as [unknown, number, number, number];
  return Date.UTC(year, month - 1, day);
}

function isNear(time: number, at: number | undefined): boolean {
  return Math.abs(time - Number(at)) <= near;
}

/** Does a number stand in the request itself? In the body a short one may stand by chance, and in the path that of a version. */
function isNamedIn({ path, body }: Request, number: string): boolean {
  const segments = path.split("/").filter((segment) => !/^v\d+$/.test(segment));
  return segments.some((segment) => segment.match(/\d+/g)?.includes(number)) || (number.length >= 4 && body.head(20_000).includes(number));
}
