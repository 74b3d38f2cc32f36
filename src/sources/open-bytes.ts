import { read } from "node:fs";
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

class FileSource implements ByteSource {
  taken = 0;
  private readonly handle: FileHandle;
  private reading: Promise<number> | undefined;

  constructor(handle: FileHandle) {
    this.handle = handle;
  }

  read(into: Buffer, at: number, to: number): Promise<number> {
    this.reading = new Promise((resolve, reject) => {
      read(this.handle.fd, into, at, to - at, this.taken, (error, count) => {
        if (error !== null) return reject(error);
        this.taken += count;
        resolve(count);
      });
    });
    return this.reading;
  }

  /** Waits for a reading that is under way: the descriptor may soon be another file's. */
  async close(): Promise<void> {
    await this.reading?.catch(() => undefined);
    await this.handle.close();
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
