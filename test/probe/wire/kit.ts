import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach } from "vitest";
import { openWire } from "../../../src/probe/wire/open-wire.ts";
import type { Sending, Wire, WireOptions } from "../../../src/probe/wire/wire.ts";

const open: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Closed after the test. */
export function closeLater(close: () => Promise<unknown> | unknown): void {
  open.push(close);
}

/** What a server of bytes has seen. */
export interface RawServer {
  readonly origin: string;
  readonly port: number;
  /** Heads and bodies, each as it came. */
  readonly requests: string[];
  readonly sockets: Socket[];
}

/** A server that answers each request with bytes of its choice; `answer` is called once a request has come in whole. */
export async function serveBytes(answer: (socket: Socket, request: string, index: number) => void): Promise<RawServer> {
  const requests: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    let text = "";
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      for (let end = endOfRequest(text); end > 0; end = endOfRequest(text)) {
        const request = text.slice(0, end);
        text = text.slice(end);
        requests.push(request);
        answer(socket, request, requests.length - 1);
      }
    });
  });
  return { ...(await listen(server)), requests, sockets };
}

/** Listens on a port of the system's choice. */
export async function listen(server: Server): Promise<{ readonly origin: string; readonly port: number }> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closeLater(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port };
}

function endOfRequest(text: string): number {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return 0;
  const length = Number(/^content-length: (\d+)/im.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length >= head + 4 + length ? head + 4 + length : 0;
}

/** A wire that is closed after the test. */
export function wireTo(origin: string, options: Partial<WireOptions> = {}): Wire {
  const wire = openWire({ origin, timeout: 5_000, body: 1 << 20, ...options });
  closeLater(() => wire.close());
  return wire;
}

/** A GET, unless told otherwise. */
export function sendingTo(url: string, change: Partial<Sending> = {}): Sending {
  return { method: "GET", url, headers: [], body: undefined, ...change };
}
