import { close, createReadStream, fstatSync, open, read, readSync } from "node:fs";
import { Readable } from "node:stream";
import type { ByteSource } from "./byte-source.ts";
import { GzipSource } from "./gzip-source.ts";

/** A file's bytes; a gzip file's (known by its first bytes, not its name) are decompressed on the way. */
export async function openFile(path: string): Promise<ByteSource> {
  // Descriptors rather than handles: the module of those is one that a plain audit does without.
  const descriptor = await openDescriptor(path);
  try {
    const head = Buffer.alloc(2);
    const regular = fstatSync(descriptor).isFile();
    const found = head.subarray(0, await readAt(descriptor, head, 0, 2, regular ? 0 : null));
    if (!regular) return sourceOf(createReadStream(path, { fd: descriptor, highWaterMark: 1 << 18 }), found);
    const file = new FileSource(descriptor);
    return isGzip(found) ? new GzipSource(file) : file;
  } catch (error) {
    await closeDescriptor(descriptor);
    throw error;
  }
}

/** Waits in the background: a pipe opens when its writer comes. */
function openDescriptor(path: string): Promise<number> {
  return new Promise((resolve, reject) => open(path, "r", (error, descriptor) => (error ? reject(error) : resolve(descriptor))));
}

function readAt(descriptor: number, into: Buffer, at: number, length: number, position: number | null): Promise<number> {
  return new Promise((resolve, reject) =>
    read(descriptor, into, at, length, position, (error, count) => (error ? reject(error) : resolve(count))),
  );
}

/** What cannot be closed harms no reader. */
function closeDescriptor(descriptor: number): Promise<void> {
  return new Promise((resolve) => close(descriptor, () => resolve()));
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

/** Readings after which whatever else waits in the process has its turn. */
const oneGo = 16;

/**
 * A file, read where it is asked for: to have another thread read ahead takes longer than to read, where the bytes are in memory already, and where
 * they are not, the disk reads ahead by itself.
 */
class FileSource implements ByteSource {
  taken = 0;
  private readonly descriptor: number;
  private readings = 0;

  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  async read(into: Buffer, at: number, to: number): Promise<number> {
    if (++this.readings % oneGo === 0) await new Promise((resolve) => setImmediate(resolve));
    const count = readSync(this.descriptor, into, at, to - at, this.taken);
    this.taken += count;
    return count;
  }

  close(): Promise<void> {
    return closeDescriptor(this.descriptor);
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
