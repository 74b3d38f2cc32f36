/** What is kept of a body while it passes: its beginning, and how long it was. */
export class BodyTap {
  /** Bytes that passed. */
  size = 0;
  private readonly chunks: Buffer[] = [];
  private limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** It was longer than what is kept. */
  get isCut(): boolean {
    return this.size > this.limit;
  }

  /** Bytes that are kept. */
  get kept(): number {
    return Math.min(this.size, this.limit);
  }

  /** Keeps less of it; to be said before the first byte. */
  restrict(limit: number): void {
    this.limit = Math.min(this.limit, limit);
  }

  take(chunk: Buffer): void {
    const room = this.limit - this.size;
    this.size += chunk.length;
    // A copy: the chunk is a window on the socket's buffer.
    if (room > 0) this.chunks.push(Buffer.from(chunk.subarray(0, room)));
  }

  bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}
