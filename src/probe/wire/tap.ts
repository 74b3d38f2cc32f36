import type { Duplex } from "node:stream";

const headEnd = Buffer.from("\r\n\r\n");

/** Bytes of a first line that are kept. */
const longestLine = 4096;

/** Sees what comes over a socket before the parser does: when the answer began, its first line, and what follows where nothing may. */
export class Tap {
  /** When the first byte of the final answer came; undefined = it did not yet. */
  firstAt: number | undefined;
  /** The final answer's, as far as it has come: of one that comes in pieces undici keeps the last. */
  private line = "";
  private last: Buffer = Buffer.alloc(0);
  private isAtStart = true;

  attach(socket: Duplex): void {
    const read = socket.read.bind(socket);
    socket.read = (size?: number) => {
      const chunk: Buffer | null = read(size);
      if (chunk !== null) this.see(chunk);
      return chunk;
    };
  }

  /** `HTTP/1.1`; undefined = not said. */
  get version(): string | undefined {
    return /^HTTP\/\d\.\d/.exec(this.line)?.[0];
  }

  /** The reason phrase (RFC 9112, 4). */
  get reason(): string {
    return /^HTTP\/\d\.\d \d{3} ?([^\r\n]*)/.exec(this.line)?.[1] ?? "";
  }

  /** A request goes out: what comes from now on answers it. */
  begin(): void {
    this.firstAt = undefined;
    this.line = "";
    this.last = Buffer.alloc(0);
    this.isAtStart = true;
  }

  /** What stands in the last bytes behind the head of an answer that can have no content. */
  afterHead(): Buffer {
    for (let at = 0; ; ) {
      const end = this.last.indexOf(headEnd, at);
      if (end < 0) return this.last.subarray(this.last.length);
      at = end + headEnd.length;
      if (!startsAnswer(this.last, at)) return this.last.subarray(at);
    }
  }

  private see(chunk: Buffer): void {
    this.last = chunk;
    if (!this.isAtStart) this.takeLine(chunk, 0);
    for (let at = 0; this.isAtStart && at < chunk.length; ) {
      if (!isInterim(chunk, at)) {
        this.isAtStart = false;
        this.firstAt = performance.now();
        this.takeLine(chunk, at);
        return;
      }
      // Nobody need ask for a 100 (RFC 9110, 15.2), but undici breaks off at one that it did not ask for; any other interim answer it takes.
      if (chunk[at + 10] === 0x30 && chunk[at + 11] === 0x30) chunk[at + 11] = 0x32;
      const end = chunk.indexOf(headEnd, at);
      at = end < 0 ? chunk.length : end + headEnd.length;
    }
  }

  private takeLine(chunk: Buffer, from: number): void {
    if (this.line.length < longestLine && !this.line.includes("\n")) this.line += chunk.toString("utf8", from, from + longestLine);
  }
}

function startsAnswer(bytes: Buffer, at: number): boolean {
  return /^HTTP\/\d\.\d$/.test(bytes.toString("latin1", at, at + 8));
}

function isInterim(bytes: Buffer, at: number): boolean {
  return /^HTTP\/1\.[01] 1\d\d$/.test(bytes.toString("latin1", at, at + 12)) && bytes.toString("latin1", at + 9, at + 12) !== "101";
}
