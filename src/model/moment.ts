import type { Exchange, Origin } from "./exchange.ts";

/** When an exchange happened: by the clock where it is known, else by its place in its capture. */
export interface Moment {
  readonly origin: Origin;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

export function momentOf({ origin, startedAt, endedAt }: Exchange): Moment {
  return { origin: { ...origin }, startedAt, endedAt };
}

/** Was the one surely over before the other began? Without times only the order within one capture tells. */
export function precedes(a: Moment, b: Moment): boolean {
  if (a.startedAt !== undefined && b.startedAt !== undefined) return a.endedAt !== undefined && a.endedAt <= b.startedAt;
  return a.origin.capture === b.origin.capture && a.origin.entry < b.origin.entry;
}
