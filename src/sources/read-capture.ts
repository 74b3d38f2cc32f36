import type { CaptureEvent, EventBatches } from "../model/capture.ts";
import type { Account, Exchange } from "../model/exchange.ts";
import { forgetView } from "../scanner/pass-text.ts";
import type { AccountKeeper } from "./account.ts";
import type { ByteSource } from "./byte-source.ts";
import type { Cut, CutBatches, CutFault, EntryCut } from "./cut.ts";
import { EntryCutter } from "./entry-cutter.ts";
import { F } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";
import { type CaptureFacts, EntryExchange } from "./exchange.ts";
import { FaultCounter, type Oddity } from "./fault-counter.ts";
import { cutHar } from "./har.ts";
import { cutLines } from "./ndjson.ts";
import { openFile, openStream } from "./open-bytes.ts";
import { readStatus } from "./response-status.ts";
import { sniffStart } from "./sniff.ts";
import { type Target, unreadable } from "./targets.ts";
import { Window, type WindowSize } from "./window.ts";

/** What reading one capture takes. */
export interface ReadingOptions {
  /** [the process's] */
  readonly stdin: AsyncIterable<Uint8Array | string> | undefined;
  readonly strict: boolean;
  readonly keeper: AccountKeeper;
  /** Given by the user; undefined = by credential. */
  readonly account: Account | undefined;
  readonly onChunk: (taken: number, entries: number) => void;
  /** [the capture's name] */
  readonly timeline?: string | undefined;
  readonly side?: "before" | "after" | undefined;
  /** For tests. */
  readonly source?: ByteSource;
  readonly size?: WindowSize;
  readonly plain?: boolean;
}

/** Reads one capture to its end, or as far as it can be read. Each batch holds what is at hand, and is taken to its end before the next. */
export async function* readCapture(target: Target, options: ReadingOptions): EventBatches {
  const capture = target.name;
  let source: ByteSource;
  try {
    source = options.source ?? (target.path === undefined ? await openStream(options.stdin ?? process.stdin) : await openFile(target.path));
  } catch (error) {
    yield [
      { kind: "fault", fault: unreadable(capture, error) },
      { kind: "end", capture, bytes: 0, entries: 0 },
    ];
    return;
  }
  const cutter = new EntryCutter(options.strict);
  const window = new Window(source, {
    size: options.size,
    plain: options.plain,
    onChunk: () => options.onChunk(source.taken, cutter.entries),
  });
  const telling = new Telling(capture, options);
  try {
    try {
      for await (const cuts of cutCapture(window, target, cutter)) {
        yield telling.tell(cuts);
        if (telling.failed) break;
      }
    } catch (error) {
      telling.faults.push(unreadable(capture, error));
    } finally {
      await source.close().catch(() => undefined);
    }
    options.onChunk(source.taken, cutter.entries);
    if (source.failure !== undefined) telling.faults.push(endsBadly(window, source.failure, cutter.entries));
    if (window.notUtf8 !== undefined && cutter.entries > 0) telling.counter.notUtf8 = window.notUtf8;
    const faults = [...telling.faults, ...telling.counter.summary()];
    yield [
      ...faults.map((fault) => ({ kind: "fault", fault: { capture, ...fault } }) as const),
      { kind: "end", capture, bytes: window.offsetOf(window.end), entries: cutter.entries },
    ];
  } finally {
    window.close();
    forgetView();
  }
}

/** Makes events of what is cut out of one capture. */
class Telling {
  /** Told at the end: some are counted together. */
  readonly faults: CutFault[] = [];
  readonly counter = new FaultCounter();
  /** The rest of the capture cannot be read. */
  failed = false;
  private readonly capture: string;
  private readonly clock = new EntryClock();
  private readonly facts: CaptureFacts;

  constructor(capture: string, { account, keeper, side, timeline }: ReadingOptions) {
    this.capture = capture;
    this.facts = {
      timeline: timeline ?? capture,
      side,
      findAccount: account === undefined ? keeper.find.bind(keeper) : (request, parts) => keeper.ofNamed(account, request, parts),
      onOddity: (oddity, origin) => this.counter.count(oddity, origin),
    };
  }

  *tell(cuts: Iterable<Cut>): Generator<CaptureEvent> {
    try {
      for (const cut of cuts) {
        if (cut.kind === "entry") {
          const exchange = this.examine(cut);
          if (exchange !== undefined) yield { kind: "exchange", exchange };
        } else if (this.counter.admits(cut.fault)) this.faults.push(cut.fault);
      }
    } catch (error) {
      this.faults.push(unreadable(this.capture, error));
      this.failed = true;
    }
  }

  private examine({ entry, offset, line, parts }: EntryCut): Exchange | undefined {
    const origin = { capture: this.capture, entry, offset, line };
    const exchange = new EntryExchange(origin, parts, this.facts);
    findOddities(exchange, parts, (oddity) => this.counter.count(oddity, origin));
    if (this.clock.isTurnedBackBy(exchange)) this.counter.count("disorder", origin);
    if (exchange.request.server !== "") return exchange;
    this.counter.count("noServer", origin);
    return undefined;
  }
}

function endsBadly(window: Window, failure: string, entries: number): CutFault {
  return {
    severity: "error",
    ...window.placeOf(window.end),
    message: `the capture cannot be read to its end: ${failure}; ${entries} ${entries === 1 ? "entry was" : "entries were"} read`,
    advice: "compress or copy the capture again",
  };
}

/** Notices entries that stand in another order than they happened. Those that overlap may stand in either. */
class EntryClock {
  private began: number | undefined;

  isTurnedBackBy({ startedAt, endedAt }: EntryExchange): boolean {
    const before = this.began;
    this.began = startedAt ?? before;
    // A second is lost easily: some tools write whole ones.
    return before !== undefined && endedAt !== undefined && endedAt < before - 1000;
  }
}

function findOddities(exchange: EntryExchange, parts: EntryParts, tell: (oddity: Oddity) => void): void {
  if (!parts.has(F.requestHeaders)) tell("noHeaders");
  const response = parts.kind(F.response);
  if (response === "absent" || response === "null") tell("noResponse");
  else if (response !== "object") tell("oddResponse");
  else if (Number.isNaN(readStatus(parts))) tell("oddStatus");
  if (parts.has(F.startedDateTime) && exchange.startedAt === undefined) tell("noDate");
}

async function* cutCapture(window: Window, target: Target, cutter: EntryCutter): CutBatches {
  const oddity = await sniffStart(window);
  if (oddity !== undefined) {
    if (window.offsetOf(window.end) > 0 || window.failure === undefined) yield [{ kind: "fault", fault: oddity }];
    return;
  }
  if (isLines(target, window)) yield* cutLines(window, cutter);
  else yield* cutHar(window, cutter);
}

/** NDJSON by its name, or, where the name says nothing, by a request at the top of its first object. */
function isLines(target: Target, { space, pos, end }: Window): boolean {
  if (/\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(target.name)) return true;
  if (/\.har(?:\.gz)?$/i.test(target.name)) return false;
  space.scan(pos, end);
  return (space.spans[2 * F.request] as number) > 0 || (space.spans[2 * F.url] as number) > 0;
}
