import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import type { ByteSource } from "./byte-source.ts";
import { GzipSource } from "./gzip-source.ts";

/** A file's bytes; a gzip file's (known by its first bytes, not its name) are decompressed on the way. */
export async function openFile(path: string): Promise<ByteSource> {
  const handle = await open(path, "r");
  try {
    const head = Buffer.alloc(2);
    const regular = (await handle.stat()).isFile();
    const { bytesRead } = await handle.read(head, 0, 2, regular ? 0 : null);
    if (!regular) return sourceOf(handle.createReadStream({ highWaterMark: 1 << 18 }), head.subarray(0, bytesRead));
    const file = new FileSource(handle);
    return isGzip(head.subarray(0, bytesRead)) ? new GzipSource(file) : file;
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
}

/** A stream's bytes, decompressed where they are gzip. */
export async function openStream(stream: AsyncIterable<Uint8Array | string>): Promise<ByteSource> {
  const chunks = stream[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, Buffer.from(next.value as Uint8Array)]);
  }
  return sourceOf({ [Symbol.asyncIterator]: () => chunks }, head);
}

function sourceOf(rest: AsyncIterable<Uint8Array | string>, head: Buffer): ByteSource {
  async function* all() {
    if (head.length > 0) yield head;
    for await (const chunk of rest) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  }
  const stream = new StreamSource(Readable.from(all(), { objectMode: false, highWaterMark: 1 << 18 }));
  return isGzip(head) ? new GzipSource(stream) : stream;
}

function isGzip(head: Buffer): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

/** Bytes read ahead while those before them are looked through. */
const aheadBytes = 1 << 20;

class FileSource implements ByteSource {
  taken = 0;
  private readonly handle: FileHandle;
  private readonly buffer = Buffer.allocUnsafeSlow(aheadBytes);
  private ahead: Promise<{ bytesRead: number }>;
  private start = 0;
  private end = 0;

  constructor(handle: FileHandle) {
    this.handle = handle;
    this.ahead = this.readAhead(0);
  }

  async read(into: Buffer, at: number, to: number): Promise<number> {
    let filled = at;
    while (filled < to) {
      if (this.start === this.end) {
        const { bytesRead } = await this.ahead;
        if (bytesRead === 0) break;
        this.taken += bytesRead;
        this.start = 0;
        this.end = bytesRead;
      }
      const count = this.buffer.copy(into, filled, this.start, Math.min(this.end, this.start + to - filled));
      filled += count;
      this.start += count;
      if (this.start === this.end) this.ahead = this.readAhead(this.taken);
    }
    return filled - at;
  }

  async close(): Promise<void> {
    await this.ahead.catch(() => undefined);
    await this.handle.close();
  }

  private readAhead(position: number): Promise<{ bytesRead: number }> {
    const reading = this.handle.read(this.buffer, 0, aheadBytes, position);
    // Its failure is told by the read that awaits it.
    reading.catch(() => undefined);
    return reading;
  }
}

class StreamSource implements ByteSource {
  taken = 0;
  private readonly input: Readable;
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(input: Readable) {
    this.input = input;
    this.chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  async read(into: Buffer, at: number, to: number): Promise<number> {
    while (this.rest.length === 0) {
      const next = await this.chunks.next();
      if (next.done === true) return 0;
      this.rest = next.value;
      this.taken += this.rest.length;
    }
    const count = Math.min(this.rest.length, to - at);
    this.rest.copy(into, at, 0, count);
    this.rest = this.rest.subarray(count);
    return count;
  }

  async close(): Promise<void> {
    this.input.destroy();
  }
}
