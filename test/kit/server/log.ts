import type { IncomingHttpHeaders } from "node:http";

/** A request as it came in, whatever was answered. Method and path are empty where Node's parser gave up on it. */
export interface Logged {
  readonly method: string;
  /** Path and query, as they came. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** When its head was there: milliseconds of `performance.now()`. */
  readonly at: number;
  /** The same by the server's own clock: milliseconds since the epoch. */
  readonly clock: number;
  /** A fault's hook made the answer another one. What follows from a fault's policy is not told. */
  isChanged: boolean;
}
