import type { CaptureEvent, CaptureFault } from "../model/capture.ts";
import type { Account, Origin, Request } from "../model/exchange.ts";
import type { AccountKeeper } from "./account.ts";
import type { ByteSource } from "./byte-source.ts";
import type { Cut, CutFault } from "./cut.ts";
import { EntryCutter } from "./entry-cutter.ts";
import { F } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";
import { createScanner, type EntryScanner } from "./entry-scanner.ts";
import { EntryExchange } from "./exchange.ts";
import { FaultCounter, type Oddity } from "./fault-counter.ts";
import { cutHar } from "./har.ts";
import { forgetView } from "./json-bytes.ts";
import { findLines } from "./line-numbers.ts";
import { cutLines } from "./ndjson.ts";
import { openFile, openStream } from "./open-bytes.ts";
import { readStatus } from "./response-status.ts";
import { sniffStart } from "./sniff.ts";
import { type Target, unreadable } from "./targets.ts";
import { Window, type WindowSize } from "./window.ts";

/** What reading one capture takes. */
export interface ReadingOptions {
  readonly stdin: AsyncIterable<Uint8Array | string>;
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
  readonly scanner?: EntryScanner;
}

/** Reads one capture to its end, or as far as it can be read. */
export async function* readCapture(target: Target, options: ReadingOptions): AsyncGenerator<CaptureEvent> {
  const capture = target.name;
  let source: ByteSource;
  try {
    source = options.source ?? (target.path === undefined ? await openStream(options.stdin) : await openFile(target.path));
  } catch (error) {
    yield { kind: "fault", fault: unreadable(capture, error) };
    yield { kind: "end", capture, bytes: 0, entries: 0 };
    return;
  }
  const cutter = new EntryCutter(options.scanner ?? createScanner(), options.strict);
  const window = new Window(source, {
    size: options.size,
    countLines: !target.rereadable,
    onChunk: () => options.onChunk(source.taken, cutter.entries),
  });
  const counter = new FaultCounter();
  // Told at the end, so that one more reading finds the lines of all.
  const faults: CutFault[] = [];
  const { keeper, account } = options;
  const clock = new EntryClock();
  const facts = {
    timeline: options.timeline ?? capture,
    side: options.side,
    findAccount:
      account === undefined ? keeper.find.bind(keeper) : (request: Request, parts: EntryParts) => keeper.ofNamed(account, request, parts),
    onOddity: (oddity: Oddity, origin: Origin) => counter.count(oddity, origin),
  };
  try {
    for await (const cut of cutCapture(window, target, cutter)) {
      if (cut.kind === "fault") {
        if (counter.admits(cut.fault)) faults.push(cut.fault);
        continue;
      }
      const { entry, offset, line } = cut;
      const origin = line === undefined ? { capture, entry, offset } : { capture, entry, offset, line };
      const exchange = new EntryExchange(origin, cut.parts, facts);
      for (const oddity of findOddities(exchange, cut.parts)) counter.count(oddity, origin);
      if (clock.isTurnedBackBy(exchange)) counter.count("disorder", origin);
      if (exchange.request.server === "") counter.count("noServer", origin);
      else yield { kind: "exchange", exchange };
    }
  } catch (error) {
    faults.push(unreadable(capture, error));
  } finally {
    await source.close().catch(() => undefined);
    forgetView();
  }
  options.onChunk(source.taken, cutter.entries);
  if (source.failure !== undefined) faults.push(endsBadly(window, source.failure, cutter.entries));
  if (window.notUtf8 !== undefined && cutter.entries > 0) counter.notUtf8 = window.notUtf8;
  for (const fault of await locate(target, [...faults, ...counter.summary()])) yield { kind: "fault", fault };
  const bytes = window.offsetOf(window.end);
  window.close();
  yield { kind: "end", capture, bytes, entries: cutter.entries };
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

function* findOddities(exchange: EntryExchange, parts: EntryParts): Generator<Oddity> {
  if (!parts.has(F.requestHeaders)) yield "noHeaders";
  const response = parts.kind(F.response);
  if (response === "absent" || response === "null") yield "noResponse";
  else if (response !== "object") yield "oddResponse";
  else if (Number.isNaN(readStatus(parts))) yield "oddStatus";
  if (parts.has(F.startedDateTime) && exchange.startedAt === undefined) yield "noDate";
}

async function* cutCapture(window: Window, target: Target, cutter: EntryCutter): AsyncGenerator<Cut> {
  const oddity = await sniffStart(window);
  if (oddity !== undefined) {
    if (window.end > 0 || window.failure === undefined) yield { kind: "fault", fault: oddity };
    return;
  }
  if (isLines(target, window, cutter.scanner)) yield* cutLines(window, cutter);
  else yield* cutHar(window, cutter);
}

/** NDJSON by its name, or, where the name says nothing, by a request at the top of its first object. */
function isLines(target: Target, window: Window, scanner: EntryScanner): boolean {
  if (/\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(target.name)) return true;
  if (/\.har(?:\.gz)?$/i.test(target.name)) return false;
  scanner.scan(window.bytes, window.pos, window.end);
  return (scanner.spans[2 * F.request] as number) > 0 || (scanner.spans[2 * F.url] as number) > 0;
}

/** Finds the lines of faults in one more reading, where the capture can be read again. */
async function locate(target: Target, faults: readonly CutFault[]): Promise<CaptureFault[]> {
  const lost = faults.filter(({ line, offset }) => line === undefined && offset !== undefined);
  const offsets = lost.map(({ offset }) => offset as number);
  const found = target.path !== undefined && target.rereadable ? await findLines(target.path, offsets).catch(() => []) : [];
  const lines = new Map(lost.map((fault, index) => [fault, found[index]]));
  return faults.map((fault) => {
    const line = lines.get(fault);
    return { capture: target.name, ...fault, ...(typeof line === "number" && { line }) };
  });
}
