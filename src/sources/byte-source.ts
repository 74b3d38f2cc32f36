/** Bytes in order, pulled. */
export interface ByteSource {
  /** Fills `into` from `at` up to `to` with what is at hand; 0 = the end. One reading at a time. */
  read(into: Buffer, at: number, to: number): Promise<number>;
  close(): Promise<void>;
  /** Why the bytes ended before the data did, or what is wrong with their end: known when `read` has given 0. */
  readonly failure?: string | undefined;
  /** Bytes taken from the disk or the pipe so far, still compressed where they are. */
  readonly taken: number;
}
