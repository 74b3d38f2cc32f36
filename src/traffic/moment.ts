import type { Exchange, Origin } from "../model/exchange.ts";

/** When an exchange happened: by the clock where it is known, else by its place in its capture. */
export interface Moment {
  readonly origin: Origin;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

export function momentOf({ origin, startedAt, endedAt }: Exchange): Moment {
  const { capture, entry, offset, line } = origin;
  return { origin: line === undefined ? { capture, entry, offset } : { capture, entry, offset, line }, startedAt, endedAt };
}

/** Was the one surely over before the other began? Without times only the order within one capture tells. */
export function precedes(a: Moment, b: Moment): boolean {
  if (a.startedAt !== undefined && b.startedAt !== undefined) return a.endedAt !== undefined && a.endedAt <= b.startedAt;
  return a.origin.capture === b.origin.capture && a.origin.entry < b.origin.entry;
}

/** The first and the last of some moments. */
export interface Period {
  first: Moment;
  last: Moment;
}

export function periodOf(exchange: Exchange): Period {
  const moment = momentOf(exchange);
  return { first: moment, last: moment };
}

export function widen(period: Period, exchange: Exchange): void {
  if (precedes(period.last, exchange)) period.last = momentOf(exchange);
  else if (precedes(exchange, period.first)) period.first = momentOf(exchange);
}
