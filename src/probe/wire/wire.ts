import type { ReceivedAnswer } from "../../recording/har-entry.ts";
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

/** What became of a request. Where something went wrong there may be a status and a part of a body all the same; `body` is no longer than the wire's limit. */
export interface Received extends ReceivedAnswer {
  /** True: a connection kept from the request before was closed before a byte came back; the request was most likely never served. */
  readonly isStale?: boolean;
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
