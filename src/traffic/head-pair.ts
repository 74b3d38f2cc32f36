import type { ErrorAnswer } from "../model/contract.ts";
import type { Exchange, Origin } from "../model/exchange.ts";
import type { Witness } from "../model/rule.ts";
import { cacheDirectives } from "../syntax/cache-control.ts";
import { essenceOf } from "../syntax/media-type.ts";
import { momentOf } from "./moment.ts";
import { shortened } from "./shortened.ts";

/** What is kept of an answer to HEAD or GET, to be held against the other. Times in milliseconds. */
export interface Side {
  readonly origin: Origin;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly status: number;
  readonly isError: boolean;
  /** Of errors: what should be the same in both. */
  readonly fields: ReadonlyMap<string, string>;
  /** Of errors that answer HEAD. */
  readonly witness: Witness | undefined;
}

/** Fields that are the same whenever a resource is asked for, and what of them is. An ETag is not, where the body names its request. */
const steadyFields: readonly (readonly [name: string, read: (value: string) => string])[] = [
  ["Content-Type", (value) => essenceOf(value) ?? ""],
  ["Allow", (value) => sorted(value.split(",").map((method) => method.trim()))],
  ["Cache-Control", (value) => sorted([...cacheDirectives(value).keys()])],
  ["WWW-Authenticate", (value) => (value.split(/[\s,]/, 1)[0] ?? "").toLowerCase()],
];

/** Answers that say something of the moment, or of a part. */
const passing: ReadonlySet<number> = new Set([206, 304, 408, 412, 416, 425, 429]);

/** Says an answer nothing that the next one would say too? */
export function isPassing({ response: { status } }: Exchange): boolean {
  return passing.has(status) || (status >= 500 && status !== 501);
}

/** undefined where its time is not known. `mask` knows the secrets of the exchange: what is kept of it is told on the other. */
export function sideOf(
  exchange: Exchange,
  answer: ErrorAnswer | undefined,
  witness: Witness | undefined,
  mask: (text: string) => string,
): Side | undefined {
  const { startedAt, endedAt, response } = exchange;
  if (startedAt === undefined || endedAt === undefined) return undefined;
  const fields = new Map<string, string>();
  for (const [name, read] of answer === undefined ? [] : steadyFields) {
    const value = response.headers.get(name);
    if (value !== undefined) fields.set(name, shortened(mask(read(value))));
  }
  const { origin } = momentOf(exchange);
  return { origin, startedAt, endedAt, status: response.status, isError: answer !== undefined, fields, witness };
}

/** What tells the answers to HEAD and GET apart; a field that only one of them has does not (RFC 9110 9.3.2). */
export function differenceOf(head: Side, get: Side): { readonly name: string; readonly head: string; readonly get: string } | undefined {
  if (!head.isError && !get.isError) return undefined;
  if (head.status !== get.status) return { name: "status", head: String(head.status), get: String(get.status) };
  for (const [name, ours] of head.fields) {
    const theirs = get.fields.get(name);
    if (theirs !== undefined && theirs !== ours) return { name, head: ours, get: theirs };
  }
  return undefined;
}

/** Milliseconds between two requests beyond which anything may have happened. */
const near = 10_000;

/** Did the second come soon after the first, and nothing change since then? `changed`: when the last change was over. */
export function isSoonAfter(first: Side, second: Side, changed: number): boolean {
  return first.endedAt <= second.startedAt && second.startedAt - first.startedAt <= near && changed < first.startedAt;
}

function sorted(words: readonly string[]): string {
  return [...words].sort().join(", ");
}
