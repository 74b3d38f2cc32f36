/** What a scan of one object left behind. */
export interface Scan {
  /** Start and end of each field's value, quotes included; a start of 0 = absent. Valid until the next scan. */
  readonly spans: Int32Array;
  /** A member name is escaped or repeated, or a string holds what none may: only JSON.parse of the whole object is sure to read it right. */
  readonly doubtful: boolean;
  /** Index of the first byte that no string may hold; -1 = none. */
  readonly flaw: number;
}

/** Passes over one value of any size, chunk by chunk. */
export interface Skipper {
  /** The value has ended. */
  readonly done: boolean;
  /** Index of the first byte of the last chunk that no string may hold; -1 = none. */
  readonly flaw: number;
  /**
   * Where the value or the chunk ends, less an escape whose end is still to come; or where it is not JSON (see `breakOf`).
   * The first byte fed must be the value's own.
   */
  feed(from: number, to: number): number;
}

/**
 * The bytes of a window, and what looks through them. The plain one is what the faster one is held against: they do the same.
 * A scan either reaches the object's end or leaves nothing behind: with more bytes it starts again.
 */
export interface ScanSpace extends Scan {
  readonly bytes: Buffer;
  /** From an object's "{" to after its "}"; NEED_MORE, or where it breaks (see `breakOf`). */
  scan(from: number, to: number): number;
  /** Passes over a value; one at a time. `lax`: brackets need only balance, whatever stands between them. */
  skip(lax: boolean): Skipper;
  countNewlines(from: number, to: number): number;
  /**
   * Finds the fields of a HAR list of headers: writes where the name and the value of each begin and end, and gives their number. Negative where
   * the list is not plain, or the space has no way to do it.
   */
  indexFields(from: number, to: number): number;
  /** Four numbers a field, until the next list is asked for. */
  readonly fields: Int32Array;
}
