import { Client } from "undici";
import { decodeBody } from "../../recording/decode-body.ts";
import { type Connector, createConnector } from "./connector.ts";
import { describeExchangeError, GivenUp, isStale, type Progress, secondsText } from "./describe-failure.ts";
import { Flight } from "./flight.ts";
import type { Gate } from "./gate.ts";
import { Tap } from "./tap.ts";
import type { Received, Sending, WireOptions } from "./wire.ts";

/** Bytes of an answer's head that are read. */
const largestHead = 64 << 10;

/** One connection, which carries one request at a time, and is opened again where it was closed between two. */
export class Lane {
  private readonly options: WireOptions;
  private readonly tap = new Tap();
  private readonly connector: Connector;
  private readonly client: Client;
  /** When the connection in use was made; undefined = none was yet. */
  private connectedAt: number | undefined;
  private flight: Flight | undefined;
  private isWarm = false;
  /** Says that the connection is there, and waits for those of the others. */
  private reachGate: () => Promise<void> = () => Promise.resolve();

  constructor(options: WireOptions) {
    this.options = options;
    this.connector = createConnector(options, {
      onSocket: async (socket) => {
        this.connectedAt = performance.now();
        this.tap.attach(socket);
        await this.reachGate();
      },
      onFailure: () => void this.reachGate(),
    });
    // The deadline is for the whole answer and the lane's own; undici's begin anew with each byte.
    this.client = new Client(options.origin, {
      connect: this.connector.connect,
      maxHeaderSize: largestHead,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.client.on("connect", () => {
      this.isWarm = true;
    });
    this.client.on("disconnect", () => {
      this.isWarm = false;
    });
  }

  /** True: it can carry nothing more. */
  get isDestroyed(): boolean {
    return this.client.destroyed;
  }

  destroy(why: string): void {
    this.flight?.stop(new GivenUp(why));
    this.connector.cancel();
    this.client.destroy().catch(() => undefined);
  }

  /** `path` is that of the sending's URL, as it goes on the wire. */
  async send({ method, headers, body }: Sending, path: string, gate: Gate, signal: AbortSignal | undefined): Promise<Received> {
    const { timeout, now = Date.now } = this.options;
    const flight = new Flight(this.options.body, now);
    this.flight = flight;
    const giveUp = (why: string) => (flight.sentAt === undefined ? this.destroy(why) : flight.stop(new GivenUp(why)));
    const onAbort = () => giveUp("stopped before the answer had come");
    const startedAt = now();
    const begun = performance.now();
    const timer = setTimeout(() => giveUp(lateText(flight, timeout)), timeout);
    signal?.addEventListener("abort", onAbort);
    const arrive = gate.join();
    this.reachGate = () => {
      arrive();
      return gate.open;
    };
    if (signal?.aborted) onAbort();
    else if (this.isWarm) await Promise.race([this.reachGate(), flight.over]);
    this.tap.begin();
    // Without `reset` undici closes the connection after each HEAD.
    const request = { path, method, headers: headers.flat(), body: body === undefined ? null : Buffer.from(body), reset: false };
    if (flight.endedAt === 0) this.client.dispatch(request, flight);
    await flight.over;
    arrive();
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    this.flight = undefined;
    const received = await this.conclude(flight, method, begun);
    // One that waited for others, on a connection that was there, begins when it goes out; rather early, so that they are seen to overlap.
    // What waited for its connection began when it went out; by the clock, which need not run as this process does.
    return { ...received, startedAt: (received.connect === 0 ? flight.startedAt : undefined) ?? startedAt };
  }

  private async conclude(flight: Flight, method: string, begun: number): Promise<Omit<Received, "startedAt">> {
    const { status, headers } = flight;
    const hasContent = method !== "HEAD" && status !== 204 && status !== 304;
    // A 304 may tell the length of what it does not send; undici misses it there.
    const error = !hasContent && codeOf(flight.error) === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH" ? undefined : flight.error;
    const isNewConnection = this.connectedAt !== undefined && this.connectedAt >= begun;
    const sentAt = flight.sentAt ?? flight.endedAt;
    const firstAt = this.tap.firstAt ?? flight.endedAt;
    const stray = hasContent || status === 0 ? undefined : this.tap.afterHead();
    if (stray !== undefined && stray.length > 0) this.destroy("");
    const field = (name: string) => headers.flatMap(([own, value]) => (own.toLowerCase() === name ? [value] : [])).join(",");
    const raw = Buffer.concat(stray === undefined ? flight.body : [Buffer.from(stray.subarray(0, this.options.body))]);
    const isCut = flight.isCut || (stray !== undefined && stray.length > raw.length) || (status !== 0 && error !== undefined && hasContent);
    const decoded = await decodeBody(raw, field("content-encoding"), isCut, this.options.body);
    const progress: Progress = {
      hasHead: status !== 0,
      hasBytes: this.tap.firstAt !== undefined,
      isReused: !isNewConnection && flight.sentAt !== undefined,
      length: field("transfer-encoding") !== "" ? "chunked" : field("content-length") !== "" ? "content-length" : "unknown",
    };
    return {
      status,
      reason: status === 0 ? "" : this.tap.reason,
      httpVersion: this.tap.version ?? "HTTP/1.1",
      headers,
      body: decoded.body,
      isCut: decoded.isCut,
      ...(decoded.isCoded && { isCoded: true }),
      failure: error === undefined ? decoded.failure : describeExchangeError(error, progress),
      ...(error !== undefined && isStale(error, progress) && { isStale: true }),
      connect: isNewConnection || flight.sentAt === undefined ? sentAt - begun : 0,
      wait: Math.max(0, firstAt - sentAt),
      receive: Math.max(0, flight.endedAt - firstAt),
      isNewConnection,
    };
  }
}

function lateText({ status }: Flight, timeout: number): string {
  return `${status === 0 ? "no answer" : "the answer was not complete"} within ${secondsText(timeout)}`;
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | undefined)?.code;
}
