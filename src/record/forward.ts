import type { ClientRequest, IncomingMessage, InformationEvent, ServerResponse } from "node:http";
import { clientLines } from "./client-view.ts";
import { Closed, describeFailure, UnaskedUpgrade } from "./describe-failure.ts";
import { endToEnd, pairUp, requestLines, valuesOf } from "./fields.ts";
import { type Passed, Tape } from "./passed.ts";
import type { Target } from "./target.ts";
import type { Upstream } from "./upstream.ts";

/** What a request needs on its way. */
export interface Way {
  readonly target: Target;
  readonly upstream: Upstream;
  /** Bytes of each body that are kept. */
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Takes what passed, once it is over. */
  readonly onPassed: (passed: Passed) => void;
}

/** Reads may be sent again where a kept connection turns out to be closed (RFC 9110, 9.2.2; RFC 9112, 9.3.1). */
const readers = ["GET", "HEAD", "OPTIONS", "TRACE"];

/** One exchange under way: passes a request on to the target, and what comes back to the client. Every piece goes at once, none is held back. */
export class Exchange {
  private readonly req: IncomingMessage;
  private readonly res: ServerResponse;
  private readonly way: Way;
  private readonly path: string;
  private readonly tape: Tape;
  private readonly hasContent: boolean;
  private readonly client: string;
  private out: ClientRequest | undefined;
  private answer: IncomingMessage | undefined;
  private isConnected = false;
  private isOver = false;

  constructor(req: IncomingMessage, res: ServerResponse, path: string, way: Way) {
    this.req = req;
    this.res = res;
    this.way = way;
    this.path = path;
    const lines = pairUp(req.rawHeaders);
    this.client = req.headers.host ?? "";
    this.hasContent = req.headers["transfer-encoding"] !== undefined || Number(req.headers["content-length"] ?? 0) > 0;
    const { origin, authority } = way.target;
    const request = {
      method: req.method ?? "GET",
      url: `${origin}${path === "*" ? "" : path}`,
      httpVersion: `HTTP/${req.httpVersion}`,
      requestHeaders: endToEnd(requestLines(lines, authority)),
    };
    this.tape = new Tape(request, way.limit, way.now);
    res.on("close", () => this.clientLeft());
    res.on("error", () => this.clientLeft());
    req.on("error", () => this.clientLeft());
    this.begin(readers.includes(request.method) && !this.hasContent);
    this.passRequest();
  }

  /** Breaks it off: what came of it so far is recorded. */
  stop(why: string): void {
    if (this.isOver) return;
    this.finish(this.tape.status === 0 ? why : undefined, true);
    this.out?.destroy();
    this.res.destroy();
  }

  private begin(mayRepeat: boolean): void {
    const { upstream, target } = this.way;
    const headers = requestLines(pairUp(this.req.rawHeaders), target.authority);
    let out: ClientRequest;
    try {
      out = upstream.begin({ method: this.req.method ?? "GET", path: this.path, headers });
    } catch (error) {
      // What Node's parser lets through its writer may refuse.
      this.out = undefined;
      setImmediate(() => this.fail(error));
      return;
    }
    this.out = out;
    out.once("socket", (socket) => {
      const ready = () => {
        this.isConnected = true;
        this.tape.connected(!out.reusedSocket, socket.remoteAddress);
      };
      if (socket.connecting) socket.once(target.isSecure ? "secureConnect" : "connect", ready);
      else ready();
    });
    out.once("finish", () => this.tape.sent());
    out.on("information", (info) => this.passInterim(info));
    out.once("response", (answer) => this.passAnswer(answer));
    out.once("upgrade", (_, socket) => {
      socket.destroy();
      this.fail(new UnaskedUpgrade());
    });
    // Node does not tell each end as an error.
    out.once("close", () => {
      if (this.out === out && this.answer === undefined) this.fail(new Closed());
    });
    out.on("error", (error) => {
      if (mayRepeat && out.reusedSocket && this.answer === undefined && !this.isOver) {
        this.begin(false);
        this.out?.end();
      } else this.fail(error);
    });
  }

  private passRequest(): void {
    const { req, out } = this;
    if (out === undefined) return;
    if (!this.hasContent) {
      req.resume();
      out.end();
      return;
    }
    req.on("data", (chunk: Buffer) => this.tape.requestBody.take(chunk));
    req.pipe(out, { end: false });
    req.once("end", () => {
      if (!req.complete) return;
      const trailers = pairUp(req.rawTrailers);
      if (trailers.length > 0) out.addTrailers(trailers as [string, string][]);
      out.end();
    });
    // A small body goes out together with its head; one that is waited for does not hold the head back.
    setImmediate(() => out.flushHeaders());
  }

  /** 100, 102, 103 and whatever else comes before the answer (RFC 9110, 15.2). */
  private passInterim({ statusCode, statusMessage, rawHeaders }: InformationEvent): void {
    const { req, res } = this;
    if (req.httpVersion === "1.0" || res.headersSent) return;
    const lines = endToEnd(pairUp(rawHeaders));
    if (statusCode === 100 && lines.length === 0) res.writeContinue();
    else
      res.socket?.write(
        `HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
        "latin1",
      );
  }

  private passAnswer(answer: IncomingMessage): void {
    const { req, res, way } = this;
    this.answer = answer;
    const status = answer.statusCode ?? 0;
    const lines = pairUp(answer.rawHeaders);
    this.tape.answered(status, answer.statusMessage ?? "", `HTTP/${answer.httpVersion}`, lines);
    const isOld = req.httpVersion === "1.0";
    const passed = clientLines(lines, way.target, this.client).filter(
      ([name]) => !(isOld && /^(?:transfer-encoding|trailer)$/i.test(name)),
    );
    // What the target ends by closing the connection ends here so as well.
    res.useChunkedEncodingByDefault =
      passed.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name)) || isBodiless(req, status);
    res.sendDate = false;
    try {
      res.writeHead(status, answer.statusMessage ?? "", passed.flat());
    } catch (error) {
      this.out?.destroy();
      this.fail(error);
      return;
    }
    answer.on("data", (chunk: Buffer) => this.tape.responseBody.take(chunk));
    answer.pipe(res, { end: false });
    answer.once("end", () => {
      const trailers = pairUp(answer.rawTrailers);
      if (trailers.length > 0 && res.chunkedEncoding) res.addTrailers(trailers as [string, string][]);
      this.finish(undefined, false);
      res.end();
    });
    answer.once("error", (error) => this.fail(error));
    setImmediate(() => res.flushHeaders());
  }

  /** The target's side went wrong. */
  private fail(error: unknown): void {
    if (this.isOver) {
      // It answered, and reads no further: what the client still sends goes nowhere.
      this.req.unpipe();
      this.req.resume();
      return;
    }
    const { res, out, tape } = this;
    // What came together with what is wrong is passed on, too.
    while ((this.answer?.read() ?? null) !== null);
    const hasHead = tape.status !== 0 && this.answer !== undefined;
    const failure = describeFailure(error, {
      isConnected: this.isConnected,
      hasHead,
      isReused: out?.reusedSocket ?? false,
      host: this.way.target.hostname,
    });
    this.finish(failure, true);
    if (!res.headersSent) this.refuse(failure);
    else {
      const { socket } = res;
      res.flushHeaders();
      const isClosed = valuesOf(pairUp(this.answer?.rawHeaders ?? []), "content-length").length === 0 && !res.chunkedEncoding;
      // Where closing is an answer's end, only a reset says that it was none.
      if (isClosed) socket?.resetAndDestroy();
      else socket?.destroySoon();
    }
  }

  private refuse(failure: string): void {
    const { req, res, way } = this;
    refuseWith(res, 502, `no answer from ${way.target.origin}: ${failure}`, !req.complete);
    req.unpipe();
    req.resume();
  }

  private clientLeft(): void {
    if (this.isOver || this.res.writableFinished) return;
    this.finish(this.tape.status === 0 ? "the client left before the answer" : undefined, true);
    this.out?.destroy();
  }

  private finish(failure: string | undefined, isCut: boolean): void {
    if (this.isOver) return;
    this.isOver = true;
    this.way.onPassed(this.tape.end(failure, isCut));
  }
}

/** Has an answer no content, whatever its head says (RFC 9110, 6.4.1)? */
function isBodiless({ method }: IncomingMessage, status: number): boolean {
  return method === "HEAD" || status === 204 || status === 304;
}

/** An answer of the proxy's own. */
export function refuseWith(res: ServerResponse, status: number, why: string, close: boolean): void {
  const body = `envelint record: ${why}\n`;
  res.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": Buffer.byteLength(body),
    ...(close && { Connection: "close" }),
  });
  res.end(body);
}
