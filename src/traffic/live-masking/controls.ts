import type { Exchange } from "../../model/exchange.ts";
import { type Moment, momentOf, type Period, precedes } from "../moment.ts";
import { digest } from "../request-fingerprint.ts";

/** One account read something of its own. */
export interface OwnRead {
  readonly moment: Moment;
  readonly account: string;
  readonly isServed: boolean;
  /** Method and path: two reads of one can be compared. */
  readonly request: string;
  /** Of what was served; undefined = not known. */
  readonly version: string | undefined;
}

export function ownReadOf(exchange: Exchange): OwnRead {
  const { account, request, response } = exchange;
  const { status, headers, body } = response;
  const isWhole = request.method === "GET" && body.state === "present" && !body.truncated;
  return {
    moment: momentOf(exchange),
    account: account?.id ?? "",
    isServed: status >= 200 && status < 300,
    request: digest(`${request.method} ${request.path}?${request.query}`),
    version: headers.get("etag") ?? (isWhole ? digest(body.text()) : undefined),
  };
}

/** Why answers of a time prove nothing; undefined = they do. `ours`: reads of the foreign id by whom it belongs to. `theirs`: the asker's own. */
export function obstacleOf(period: Period, ours: readonly OwnRead[], theirs: readonly OwnRead[] | undefined): string | undefined {
  if (!isFramed(ours, period)) return "its owner was not served it before and after";
  if (theirs !== undefined && !isFramed(theirs, period)) return "the asker was not served one of its own before and after";
  return isChanged(ours, period) ? "it was changed meanwhile" : undefined;
}

/** Served before and after, and never refused. */
function isFramed(reads: readonly OwnRead[], period: Period): boolean {
  return (
    reads.every(({ isServed }) => isServed) && reads.some((read) => isBefore(read, period)) && reads.some((read) => isAfter(read, period))
  );
}

/** Does the last read before show another version than the first one after? */
function isChanged(reads: readonly OwnRead[], period: Period): boolean {
  for (const request of new Set(reads.map((read) => read.request))) {
    const same = reads.filter((read) => read.request === request && read.version !== undefined);
    const before = same.filter((read) => isBefore(read, period)).at(-1);
    const after = same.find((read) => isAfter(read, period));
    if (before !== undefined && after !== undefined && before.version !== after.version) return true;
  }
  return false;
}

function isBefore({ moment }: OwnRead, { first }: Period): boolean {
  return isEarlier(moment, first);
}

function isAfter({ moment }: OwnRead, { last }: Period): boolean {
  return isEarlier(last, moment);
}

/** Probes are asked one after the other: within a recording its order is better than a clock of whole milliseconds. */
function isEarlier(a: Moment, b: Moment): boolean {
  return a.origin.capture === b.origin.capture ? a.origin.entry < b.origin.entry : precedes(a, b);
}
