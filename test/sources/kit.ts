import { Readable } from "node:stream";
import { expect } from "vitest";
import type { CaptureFault } from "../../src/model/capture.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { AccountKeeper } from "../../src/sources/account.ts";
import type { ByteSource } from "../../src/sources/byte-source.ts";
import { oneByOne } from "../../src/sources/merge.ts";
import { readCapture } from "../../src/sources/read-capture.ts";
import type { WindowSize } from "../../src/sources/window.ts";

/** Bytes given out in chunks of chosen sizes. */
function chunked(bytes: Buffer, sizes: readonly number[]): ByteSource {
  let given = 0;
  let turn = 0;
  return {
    get taken() {
      return given;
    },
    async read(into, at, to) {
      const size = Math.max(1, sizes[turn++ % sizes.length] ?? bytes.length);
      const count = bytes.copy(into, at, given, Math.min(bytes.length, given + size, given + to - at));
      given += count;
      return count;
    },
    async close() {},
  };
}

export interface Reading<T> {
  readonly seen: readonly T[];
  readonly faults: readonly CaptureFault[];
  readonly entries: number;
  readonly bytes: number;
}

export interface ReadOptions {
  readonly name?: string;
  readonly chunks?: readonly number[];
  readonly size?: WindowSize;
  readonly strict?: boolean;
  readonly keeper?: AccountKeeper;
  /** Reads it without WebAssembly as well, and expects the same. */
  readonly both?: boolean;
}

/** Reads a capture from memory; `look` keeps what a test wants of each exchange. */
export async function readText<T>(text: string | Buffer, look: (exchange: Exchange) => T, options: ReadOptions = {}): Promise<Reading<T>> {
  const reading = await readBy(false, text, look, options);
  if (options.both) expect(await readBy(true, text, look, options)).toEqual(reading);
  return reading;
}

async function readBy<T>(
  plain: boolean,
  text: string | Buffer,
  look: (exchange: Exchange) => T,
  options: ReadOptions,
): Promise<Reading<T>> {
  const bytes = Buffer.from(text as string);
  const seen: T[] = [];
  const faults: CaptureFault[] = [];
  let end = { entries: -1, bytes: -1 };
  const batches = readCapture(
    { name: options.name ?? "a.har", path: undefined, key: "a", rereadable: false, size: undefined },
    {
      stdin: Readable.from([]),
      strict: options.strict ?? false,
      keeper: options.keeper ?? new AccountKeeper(),
      account: undefined,
      onChunk: () => {},
      source: chunked(bytes, options.chunks ?? [bytes.length]),
      plain,
      ...(options.size === undefined ? {} : { size: options.size }),
    },
  );
  for await (const event of oneByOne(batches)) {
    if (event.kind === "exchange") seen.push(look(event.exchange));
    else if (event.kind === "fault") faults.push(event.fault);
    else end = event;
  }
  return { seen, faults, entries: end.entries, bytes: end.bytes };
}

/** What JSON.parse sees of an exchange, as the reader should tell it. */
export function snapshot(exchange: Exchange) {
  const { request, response } = exchange;
  return {
    entry: exchange.origin.entry,
    offset: exchange.origin.offset,
    line: exchange.origin.line,
    url: request.url,
    method: request.method,
    requestHeaders: request.headers.lines(),
    requestText: request.body.text(),
    status: response.status,
    responseHeaders: response.headers.lines(),
    text: response.body.text(),
    state: response.body.state,
  };
}

/** One entry of a HAR capture, with what a test wants otherwise. */
export function entryOf(change: { request?: object; response?: object; content?: object; entry?: object } = {}) {
  return {
    startedDateTime: "2024-01-08T09:00:00.000Z",
    time: 12.5,
    request: { method: "GET", url: "https://api.example.com/v1/things?a=1", headers: [], ...change.request },
    response: {
      status: 200,
      statusText: "OK",
      headers: [{ name: "Content-Type", value: "application/json" }],
      content: { size: 2, mimeType: "application/json", text: "{}", ...change.content },
      ...change.response,
    },
    ...change.entry,
  };
}

/** A HAR capture of entries. */
export function harOf(...entries: unknown[]): string {
  return JSON.stringify({ log: { version: "1.2", creator: { name: "test", version: "1" }, entries } });
}
