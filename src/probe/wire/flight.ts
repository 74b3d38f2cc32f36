import type { Dispatcher } from "undici";
import type { HeaderLine } from "../ask.ts";
import { GivenUp } from "./describe-failure.ts";

/** One request under way, and what has come back of its answer. */
export class Flight implements Dispatcher.DispatchHandler {
  status = 0;
  headers: readonly HeaderLine[] = [];
  /** As it came, still coded. */
  readonly body: Buffer[] = [];
  /** The body is longer than the limit. */
  isCut = false;
  /** What was wrong, whatever was thrown; undefined = nothing. */
  error: unknown;
  /** It went out; undefined = it never did. */
  sentAt: number | undefined;
  /** The same by the run's clock, in milliseconds since the epoch. */
  startedAt: number | undefined;
  endedAt = 0;
  /** It is over, well or not. */
  readonly over: Promise<void>;
  private length = 0;
  private controller: Dispatcher.DispatchController | undefined;
  private readonly limit: number;
  private readonly now: () => number;
  private land: () => void = () => undefined;

  constructor(limit: number, now: () => number) {
    this.limit = limit;
    this.now = now;
    this.over = new Promise((resolve) => {
      this.land = resolve;
    });
  }

  /** Ends it here: nothing that still comes counts, and the connection is closed. */
  stop(error: unknown): void {
    this.end(error);
    this.controller?.abort(new GivenUp("stopped"));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    this.sentAt = performance.now();
    this.startedAt = this.now();
    if (this.endedAt !== 0) controller.abort(new GivenUp("stopped"));
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    // Interim answers come this way too.
    if (status < 200) return;
    this.status = status;
    this.headers = pairUp(controller.rawHeaders);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    const room = this.limit - this.length;
    this.length += chunk.length;
    // A copy: the chunk is a window on the socket's buffer.
    if (room > 0) this.body.push(Buffer.from(chunk.subarray(0, room)));
    if (chunk.length <= room) return;
    this.isCut = true;
    this.stop(undefined);
  }

  onResponseEnd(): void {
    this.end(undefined);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.end(error);
  }

  private end(error: unknown): void {
    if (this.endedAt !== 0) return;
    this.endedAt = performance.now();
    this.error = error;
    this.land();
  }
}

/** Names and values in turn, as undici gives them; bytes beyond ASCII are Latin-1 (RFC 9110, 5.5). */
function pairUp(raw: unknown): HeaderLine[] {
  const texts = (Array.isArray(raw) ? raw : []).map((part: Buffer | string) => (typeof part === "string" ? part : part.toString("latin1")));
  return texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? ""] as const] : []));
}
