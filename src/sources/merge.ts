import type { CaptureEvent, CaptureFault, EventBatches } from "../model/capture.ts";

/** A capture that can be read, and begun again where `startOf` was asked before. */
export interface Reading {
  /** False for pipes: what was read is gone. */
  readonly rereadable: boolean;
  /** `onChunk` is told how far it is [the user is]. */
  read(onChunk?: () => void): EventBatches;
}

/** Captures open at once; each takes a file descriptor, and a window that a huge entry can make 4 MiB. */
const mostOpen = 100;

/** A capture under way: the event it stands at, and the time it has come to. */
interface Open {
  readonly events: AsyncGenerator<CaptureEvent>;
  event: CaptureEvent;
  /** Milliseconds since the epoch; never goes back, so that a capture's own order stays as it is. */
  time: number;
}

interface Waiting {
  readonly reading: Reading;
  /** When its first exchange began; `-Infinity` = unknown, it comes first. */
  readonly start: number;
}

/**
 * The events of several captures in the order of their time. An exchange without a time follows the one before it in its capture. A capture
 * is open only from its first exchange to its last, so captures that follow one another cost no more than one.
 */
export async function* mergeByTime(readings: readonly Reading[]): AsyncGenerator<CaptureEvent> {
  const waiting: Waiting[] = [];
  for (const reading of readings) waiting.push({ reading, start: await startOf(reading) });
  waiting.sort((a, b) => a.start - b.start);
  const open: Open[] = [];
  let isCrowded = false;
  try {
    while (waiting.length > 0 || open.length > 0) {
      for (let next = waiting[0]; next !== undefined && (open.length === 0 || next.start <= earliest(open).time); next = waiting[0]) {
        isCrowded ||= open.length >= mostOpen;
        if (open.length >= mostOpen) break;
        waiting.shift();
        const events = oneByOne(next.reading.read());
        const begun = await advance({ events, event: nothing, time: next.start });
        if (begun !== undefined) open.push(begun);
      }
      if (open.length === 0) continue;
      const first = earliest(open);
      yield first.event;
      if ((await advance(first)) === undefined) open.splice(open.indexOf(first), 1);
    }
    if (isCrowded) yield { kind: "fault", fault: tooMany };
  } finally {
    for (const { events } of open) await events.return(undefined);
  }
}

/** Stands where an event will. */
const nothing: CaptureEvent = { kind: "end", capture: "", bytes: 0, entries: 0 };

const tooMany: CaptureFault = {
  capture: "--together",
  severity: "error",
  message: `more than ${mostOpen} captures were under way at the same time, so some exchanges were judged out of their order`,
  advice: "judge the captures in smaller groups",
};

/** The events of batches, each by itself. */
export async function* oneByOne(batches: EventBatches): AsyncGenerator<CaptureEvent> {
  for await (const batch of batches) yield* batch;
}

async function startOf({ rereadable, read }: Reading): Promise<number> {
  if (!rereadable) return Number.NEGATIVE_INFINITY;
  for await (const event of oneByOne(read(() => {})))
    if (event.kind === "exchange" && event.exchange.startedAt !== undefined) return event.exchange.startedAt;
  return Number.NEGATIVE_INFINITY;
}

function earliest(open: readonly Open[]): Open {
  return open.reduce((first, other) => (other.time < first.time ? other : first));
}

async function advance(open: Open): Promise<Open | undefined> {
  const { done, value } = await open.events.next();
  if (done) return undefined;
  open.event = value;
  const started = value.kind === "exchange" ? value.exchange.startedAt : undefined;
  if (started !== undefined && started > open.time) open.time = started;
  return open;
}
