import type { HeaderLine } from "../ask.ts";

/** A request as it goes out, credentials in it. Kept in memory only. */
export interface Sending {
  readonly method: string;
  /** Absolute; of the wire's own origin. */
  readonly url: string;
  /** All that is sent but Host, Connection and Content-Length. */
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array | undefined;
}

/** What became of a request. Times are milliseconds; `startedAt` since the epoch. */
export interface Received {
  /** 0 = no answer. */
  readonly status: number;
  readonly reason: string;
  /** `HTTP/1.1` */
  readonly httpVersion: string;
  /** As they came, names in their own case, repeats kept. */
  readonly headers: readonly HeaderLine[];
  /** Decoded from its Content-Encoding; no more than the wire's limit. */
  readonly body: Uint8Array;
  /** The body is longer than what was read. */
  readonly isCut: boolean;
  /** True: the body is still in a Content-Encoding, which is not known or was broken. */
  readonly isCoded?: boolean;
  /** What went wrong: "no answer within 10 s", "the connection was reset"; undefined = nothing. There may be a status and a part of a body all the same. */
  readonly failure: string | undefined;
  /** True: a connection kept from the request before was closed before a byte came back; the request was most likely never served. */
  readonly isStale?: boolean;
  readonly startedAt: number;
  /** Until the request goes out on a new connection, or until none came about; 0 on a warm one. */
  readonly connect: number;
  /** From the request's last byte to the response's first. */
  readonly wait: number;
  /** From the response's first byte to its last. */
  readonly receive: number;
  readonly isNewConnection: boolean;
}

/** A way to one origin. Nothing is retried, no redirect is followed. */
export interface Wire {
  /** Never rejects: what goes wrong is told in `failure`. */
  send(sending: Sending, signal?: AbortSignal): Promise<Received>;
  close(): Promise<void>;
}

export interface WireOptions {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Milliseconds for a whole answer. */
  readonly timeout: number;
  /** Bytes of a body that are read. */
  readonly body: number;
  /** PEM texts. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly insecure?: boolean;
  readonly proxy?: string;
  /** [Date.now] */
  readonly now?: () => number;
}
