import type { HeaderLine } from "../recording/header-line.ts";
import { BodyTap } from "./body-tap.ts";

/** An exchange that passed, with all its secrets. Kept in memory only, and not for long. */
export interface Passed {
  readonly method: string;
  /** Of the target: its origin, then path and query as the client wrote them. */
  readonly url: string;
  readonly httpVersion: string;
  /** As they went to the target, but for those of the connection. */
  readonly requestHeaders: readonly HeaderLine[];
  readonly requestBody: BodyTap;
  /** 0 = no answer. */
  readonly status: number;
  readonly reason: string;
  readonly responseHttpVersion: string;
  /** As they came from the target, all of them. */
  readonly responseHeaders: readonly HeaderLine[];
  readonly responseBody: BodyTap;
  /** The body's end was not seen, whatever the reason. */
  readonly isCut: boolean;
  /** Why there is no answer, or no whole one; undefined = nothing went wrong with the target. */
  readonly failure: string | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly connect: number;
  readonly send: number;
  readonly wait: number;
  readonly receive: number;
  readonly isNewConnection: boolean;
  readonly serverAddress: string | undefined;
}

/** Bytes of a success that are kept: in no more of it an audit looks for an error. */
const ofSuccess = 256 << 10;

/** The request of an exchange, as far as it is known at its beginning. */
export type PassedRequest = Pick<Passed, "method" | "url" | "httpVersion" | "requestHeaders">;

/** Writes down one exchange while it passes. */
export class Tape {
  readonly requestBody: BodyTap;
  readonly responseBody: BodyTap;
  status = 0;
  private reason = "";
  private responseHttpVersion = "HTTP/1.1";
  private responseHeaders: readonly HeaderLine[] = [];
  private readonly begun = performance.now();
  private readonly startedAt: number;
  private connectedAt: number | undefined;
  private sentAt: number | undefined;
  private firstAt: number | undefined;
  private isNewConnection = false;
  private serverAddress: string | undefined;
  private readonly request: PassedRequest;

  /** `limit`: bytes of each body that are kept. `now`: milliseconds since the epoch. */
  constructor(request: PassedRequest, limit: number, now: () => number) {
    this.request = request;
    this.startedAt = now();
    this.requestBody = new BodyTap(limit);
    this.responseBody = new BodyTap(limit);
  }

  /** There is a connection to the target. */
  connected(isNew: boolean, address: string | undefined): void {
    this.connectedAt = performance.now();
    this.isNewConnection = isNew;
    this.serverAddress = address;
  }

  /** The request's last byte went out. */
  sent(): void {
    this.sentAt ??= performance.now();
  }

  /** The head of the final answer came. */
  answered(status: number, reason: string, httpVersion: string, headers: readonly HeaderLine[]): void {
    this.firstAt = performance.now();
    this.status = status;
    this.reason = reason;
    this.responseHttpVersion = httpVersion;
    this.responseHeaders = headers;
    if (status < 400) this.responseBody.restrict(ofSuccess);
  }

  /** Ends it. */
  end(failure: string | undefined, isCut: boolean): Passed {
    const end = performance.now();
    const first = this.firstAt ?? end;
    const sent = Math.min(this.sentAt ?? first, first);
    const connected = Math.min(this.connectedAt ?? sent, sent);
    const isWarm = this.connectedAt !== undefined && !this.isNewConnection;
    return {
      ...this.request,
      requestBody: this.requestBody,
      status: this.status,
      reason: this.reason,
      responseHttpVersion: this.responseHttpVersion,
      responseHeaders: this.responseHeaders,
      responseBody: this.responseBody,
      isCut: isCut || this.responseBody.isCut,
      failure,
      startedAt: this.startedAt,
      // On a connection that was there, what it took to take it up is a part of sending.
      connect: isWarm ? 0 : connected - this.begun,
      send: isWarm ? sent - this.begun : sent - connected,
      wait: first - sent,
      receive: end - first,
      isNewConnection: this.isNewConnection,
      serverAddress: this.serverAddress,
    };
  }
}
