import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Exchange, refuseWith, type Way } from "./forward.ts";
import { forwardUpgrade, withoutUpgrade } from "./forward-upgrade.ts";
import type { Notes } from "./notes.ts";
import { refuseItself } from "./refuse-itself.ts";
import { pathOf } from "./target.ts";
import { stillOpen } from "./unanswered.ts";
import { largestHead } from "./upstream.ts";

/** A reverse proxy for one target, on this machine alone. */
export interface RecordingProxy {
  readonly port: number;
  /** Takes nothing new, waits so many milliseconds for what is under way, and breaks off the rest. */
  close(patience: number): Promise<void>;
}

export interface ProxyOptions extends Way {
  /** 0 = any that is free. */
  readonly port: number;
  readonly notes: Notes;
  /** Requests wait for it: the recording keeps up. */
  readonly ready: () => Promise<void> | undefined;
}

/**
 * Begins to listen on 127.0.0.1. All that comes goes to the target, whatever host it names, but for requests that are written for another
 * server in full.
 */
export async function startProxy(options: ProxyOptions): Promise<RecordingProxy> {
  const { target, notes, ready } = options;
  const underWay = new Set<Exchange>();
  /** The clients', and the target's sides of what went over to another protocol. */
  const open = new Set<Duplex>();

  const pass = (req: IncomingMessage, res: ServerResponse, path: string) => {
    if (res.destroyed || req.socket.destroyed) return;
    const exchange: Exchange = new Exchange(req, res, path, {
      ...way,
      onPassed: (passed) => {
        queueMicrotask(() => underWay.delete(exchange));
        way.onPassed(passed);
      },
    });
    underWay.add(exchange);
  };
  const onRequest = (req: IncomingMessage, res: ServerResponse) => {
    const path = pathOf(req.url ?? "/", target, req.socket.localPort);
    if (path === undefined) {
      notes.count("foreign");
      req.resume();
      refuseWith(res, 421, `it passes requests on to ${target.origin} alone`, true);
      return;
    }
    const waiting = ready();
    if (waiting === undefined) pass(req, res, path);
    // What cannot be written is told at the end; until then all goes its way.
    else void waiting.catch(() => {}).then(() => pass(req, res, path));
  };
  // What a client sends is judged by nobody here: neither its speed nor the length of its silence.
  const server = createServer({
    maxHeaderSize: largestHead,
    requestTimeout: 0,
    headersTimeout: 0,
    keepAliveTimeout: 0,
    connectionsCheckingInterval: 2 ** 30,
  });
  const way: Way = { ...options, upstream: refuseItself(options.upstream, server) };
  server.maxHeadersCount = 0;
  server.timeout = 0;
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  server.on("request", onRequest);
  server.on("checkContinue", onRequest);
  server.on("checkExpectation", onRequest);
  server.on("connect", (_: IncomingMessage, socket: Duplex) => {
    notes.count("tunnel");
    socket.on("error", () => undefined);
    socket.end(
      "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
  });
  server.on("upgrade", (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = pathOf(req.url ?? "/", target, req.socket.localPort);
    if (!/^websocket$/i.test(req.headers.upgrade ?? "") || path === undefined) {
      withoutUpgrade(server, req, socket, head);
      return;
    }
    forwardUpgrade(req, socket, head, path, way, (side) => {
      notes.count("upgraded");
      open.add(side);
      side.once("close", () => open.delete(side));
    });
  });
  const refused = new WeakSet<Socket>();
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!/^HPE_/.test(error.code ?? "")) {
      socket.destroy();
      return;
    }
    // What still comes of it is told again, and is the same request.
    if (refused.has(socket)) return;
    refused.add(socket);
    notes.count("garbage");
    const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", () => resolve());
  });

  return {
    port: (server.address() as AddressInfo).port,
    async close(patience) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      if (underWay.size > 0) await untilIdle(underWay, patience);
      for (const exchange of underWay) {
        notes.count("open");
        exchange.stop(stillOpen);
      }
      for (const side of open) side.destroy();
      await closed;
    },
  };
}

/** Waits until nothing is under way, or the time is over. */
async function untilIdle(underWay: ReadonlySet<unknown>, patience: number): Promise<void> {
  const end = performance.now() + patience;
  while (underWay.size > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
}
