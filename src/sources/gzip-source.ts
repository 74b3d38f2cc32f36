import { constants, crc32, createInflateRaw, type InflateRaw } from "node:zlib";
import type { ByteSource } from "./byte-source.ts";

/** Bytes taken and given at a time: each chunk is memory that is freed late. */
const chunkBytes = 1 << 16;

const cutShort = "its gzip data ends too early";
const damaged = "its gzip data is damaged";
const followed = "something that is no gzip data follows its gzip data";

/** The gzip data cannot be read on. */
class BadGzip extends Error {}

/**
 * Decompresses gzip members, one after the other. What is wrong with them is kept as `failure`, not thrown: what came before it is still
 * judged. Node's own gunzip takes a file cut between two blocks for whole, and passes over what follows a zero byte.
 */
export class GzipSource implements ByteSource {
  failure: string | undefined;
  private readonly input: ByteSource;
  private readonly output: AsyncGenerator<Buffer>;
  private inflate: InflateRaw | undefined;
  private rest: Buffer = Buffer.alloc(0);

  constructor(input: ByteSource) {
    this.input = input;
    this.output = this.readMembers(new Feed(input));
  }

  get taken(): number {
    return this.input.taken;
  }

  async read(into: Buffer, at: number, to: number): Promise<number> {
    let filled = at;
    while (filled < to) {
      if (this.rest.length === 0) {
        const next = await this.output.next();
        if (next.done === true) break;
        this.rest = next.value;
      }
      const count = this.rest.copy(into, filled, 0, to - filled);
      this.rest = this.rest.subarray(count);
      filled += count;
    }
    return filled - at;
  }

  async close(): Promise<void> {
    this.inflate?.destroy();
    await this.input.close();
  }

  private async *readMembers(feed: Feed): AsyncGenerator<Buffer> {
    try {
      do {
        await readHeader(feed);
        yield* this.readMember(feed);
      } while (await anotherFollows(feed));
    } catch (error) {
      if (error instanceof BadGzip) this.failure = error.message;
      else if ((error as NodeJS.ErrnoException).code?.startsWith("Z_")) this.failure = damaged;
      else throw error;
    }
  }

  private async *readMember(feed: Feed): AsyncGenerator<Buffer> {
    const inflate = createInflateRaw({ chunkSize: chunkBytes, finishFlush: constants.Z_SYNC_FLUSH });
    this.inflate = inflate;
    const feeding = feedTo(inflate, feed);
    // Its failure is told by the `await` below.
    feeding.catch(() => undefined);
    let sum = 0;
    let length = 0;
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      length = (length + chunk.length) % 2 ** 32;
      yield chunk;
    }
    await feeding;
    const trailer = await feed.take(8);
    if (trailer.readUInt32LE(0) !== sum || trailer.readUInt32LE(4) !== length) throw new BadGzip(damaged);
  }
}

/** Gives a member's compressed data, and puts back what comes after its end. */
async function feedTo(inflate: InflateRaw, feed: Feed): Promise<void> {
  let given = 0;
  for (;;) {
    let chunk: Buffer;
    try {
      chunk = await feed.next();
    } catch (error) {
      inflate.destroy(error as Error);
      throw error;
    }
    if (chunk.length === 0) {
      inflate.end();
      return;
    }
    given += chunk.length;
    await new Promise<void>((resolve, reject) => inflate.write(chunk, (error) => (error ? reject(error) : resolve())));
    const left = given - inflate.bytesWritten;
    if (left > 0) {
      feed.putBack(chunk.subarray(chunk.length - left));
      return;
    }
  }
}

/** RFC 1952, 2.3. */
async function readHeader(feed: Feed): Promise<void> {
  const head = await feed.take(10);
  if (head[0] !== 0x1f || head[1] !== 0x8b) throw new BadGzip(followed);
  const flags = head[3] as number;
  if (head[2] !== 8 || flags > 31) throw new BadGzip(damaged);
  if (flags & 4) await feed.take((await feed.take(2)).readUInt16LE(0));
  for (const text of [8, 16]) if (flags & text) while ((await feed.take(1))[0] !== 0);
  if (flags & 2) await feed.take(2);
}

/** Is there another member? Zero bytes at the end are padding, as on tapes. */
async function anotherFollows(feed: Feed): Promise<boolean> {
  let padded = false;
  for (;;) {
    const chunk = await feed.next();
    if (chunk.length === 0) return false;
    const first = chunk.findIndex((byte) => byte !== 0);
    if (first < 0) padded = true;
    else if (first > 0 || padded || chunk[0] !== 0x1f || (chunk.length > 1 && chunk[1] !== 0x8b)) throw new BadGzip(followed);
    else {
      feed.putBack(chunk);
      return true;
    }
  }
}

/** Compressed bytes, which can be put back. */
class Feed {
  private held: Buffer = Buffer.alloc(0);
  private readonly input: ByteSource;

  constructor(input: ByteSource) {
    this.input = input;
  }

  /** What is at hand; empty at the end. */
  async next(): Promise<Buffer> {
    if (this.held.length > 0) {
      const { held } = this;
      this.held = Buffer.alloc(0);
      return held;
    }
    const chunk = Buffer.allocUnsafe(chunkBytes);
    return chunk.subarray(0, await this.input.read(chunk, 0, chunk.length));
  }

  putBack(bytes: Buffer): void {
    this.held = bytes;
  }

  async take(count: number): Promise<Buffer> {
    let bytes: Buffer = Buffer.alloc(0);
    while (bytes.length < count) {
      const more = await this.next();
      if (more.length === 0) throw new BadGzip(cutShort);
      bytes = bytes.length === 0 ? more : Buffer.concat([bytes, more]);
    }
    this.putBack(bytes.subarray(count));
    return bytes.subarray(0, count);
  }
}
