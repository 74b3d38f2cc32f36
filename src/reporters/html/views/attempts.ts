import type { ExchangeData, FindingData } from "../page-data.ts";

/** One try in a story of several. Seconds since the first began. */
export interface Attempt {
  readonly exchange: ExchangeData;
  readonly start: number;
  readonly end: number;
  /** When the answer's Retry-After is over; null = it asks for no wait that can be told. */
  readonly until: number | null;
  /** How long before the last announced wait was over it came; 0 = it was not early. */
  readonly early: number;
}

/** Seconds: Retry-After counts whole ones, so what is closer is no haste (as in client/retried-early). */
const resolution = 1;
const mostAttempts = 40;

/** The stories that a finding's samples tell: samples that share an exchange belong together. Only those with several attempts whose times are known. */
export function storiesOf({ samples }: Pick<FindingData, "samples">, exchanges: readonly ExchangeData[]): Attempt[][] {
  const stories: Set<number>[] = [];
  for (const { exchange, related } of samples) {
    const own = new Set([exchange, ...related.map((other) => other.exchange)].filter((index) => index !== null));
    for (const other of stories.filter((story) => [...own].some((index) => story.has(index)))) {
      for (const index of other) own.add(index);
      stories.splice(stories.indexOf(other), 1);
    }
    if (own.size > 0) stories.push(own);
  }
  return stories
    .map((story) => attemptsOf([...story].flatMap((index) => exchanges[index] ?? [])))
    .filter((attempts) => attempts.length > 1);
}

function attemptsOf(exchanges: readonly ExchangeData[]): Attempt[] {
  const timed = exchanges.filter((exchange) => exchange.startedAt !== null).sort((a, b) => begin(a) - begin(b) || a.entry - b.entry);
  const zero = timed[0] === undefined ? 0 : begin(timed[0]);
  let awaited = Number.NEGATIVE_INFINITY;
  return timed.slice(0, mostAttempts).map((exchange) => {
    const start = (begin(exchange) - zero) / 1000;
    const end = Math.max(start, ((exchange.endedAt ?? begin(exchange)) - zero) / 1000);
    const until = exchange.wait?.until == null ? null : (exchange.wait.until - zero) / 1000;
    const early = awaited - start > resolution ? Math.round(1000 * (awaited - start)) / 1000 : 0;
    awaited = until ?? Number.NEGATIVE_INFINITY;
    return { exchange, start, end, until, early };
  });
}

function begin({ startedAt }: ExchangeData): number {
  return startedAt ?? 0;
}
