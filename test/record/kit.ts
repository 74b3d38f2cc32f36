import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../../src/model/report.ts";
import type { RecordOptions } from "../../src/options/record-options.ts";
import { record } from "../../src/record.ts";

/** An entry, as far as tests look at it. */
export interface Entry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
    readonly postData?: { readonly text?: string; readonly comment?: string };
    readonly bodySize: number;
  };
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
    readonly content: {
      readonly text?: string;
      readonly encoding?: string;
      readonly size: number;
      readonly _truncated?: boolean;
      readonly comment?: string;
    };
  };
  readonly timings: Readonly<Record<"connect" | "send" | "wait" | "receive", number>>;
  readonly serverIPAddress?: string;
  readonly _error?: string;
}

export interface Run {
  readonly report: Report;
  readonly exitCode: number;
  /** The recording, as text and as what it holds. */
  readonly text: string;
  readonly entries: readonly Entry[];
}

/** Records what `ask` sends by way of the proxy. */
export async function recordWhile(
  target: string,
  ask: (address: string, port: number) => unknown,
  options: Partial<RecordOptions> = {},
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), "envelint-test-"));
  try {
    const file = join(folder, "run.har");
    const { report, exitCode } = await record({
      target,
      record: file,
      command: (address) => ask(address, Number(new URL(address).port)),
      ...options,
    });
    const text = await readFile(file, "utf8");
    return { report, exitCode, text, entries: JSON.parse(text).log.entries };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A client of bytes. */
export interface RawClient {
  readonly socket: Socket;
  /** All that came so far. */
  text(): string;
  /** Waits until what came fits. */
  until(fits: RegExp | string): Promise<string>;
  /** Waits until the other side has ended or broken off; gives what came, and how it ended. */
  end(): Promise<{ readonly text: string; readonly isReset: boolean }>;
}

/** Connects, and sends a text. */
export function dial(port: number, text = ""): RawClient {
  const socket = connect(port, "127.0.0.1");
  let got = "";
  let isReset = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const check of [...waiting]) check();
  };
  socket.on("data", (chunk) => {
    got += chunk.toString("latin1");
    wake();
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    isReset ||= error.code === "ECONNRESET";
  });
  socket.on("close", wake);
  if (text !== "") socket.write(text, "latin1");
  const when = (test: () => boolean, what: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (test()) {
          waiting.delete(check);
          resolve();
        } else if (socket.destroyed) reject(new Error(`The connection ended before ${what} came, after ${JSON.stringify(got)}.`));
      };
      waiting.add(check);
      check();
    });
  return {
    socket,
    text: () => got,
    async until(fits) {
      await when(() => (typeof fits === "string" ? got.includes(fits) : fits.test(got)), String(fits));
      return got;
    },
    async end() {
      await when(() => socket.destroyed, "the end");
      return { text: got, isReset };
    },
  };
}

/** `GET /x` with what is needed, and lines of one's own. */
export function get(path: string, ...lines: readonly string[]): string {
  return [`GET ${path} HTTP/1.1`, "Host: proxy.example", ...lines, "", ""].join("\r\n");
}

/** The value of a field. */
export function fieldOf(headers: readonly { readonly name: string; readonly value: string }[], name: string): string | undefined {
  return headers.find((line) => line.name.toLowerCase() === name)?.value;
}

const heard = new WeakMap<Socket, { text: string }>();

/** Waits until the first connection of a server has received a text; gives all that it did. */
export function seen(sockets: readonly Socket[], text: string): Promise<string> {
  return new Promise((resolve) => {
    const watch = () => {
      const [socket] = sockets;
      const all = socket === undefined ? undefined : (heard.get(socket) ?? listen(socket));
      if (all?.text.includes(text)) resolve(all.text);
      else setImmediate(watch);
    };
    watch();
  });
}

function listen(socket: Socket): { text: string } {
  const all = { text: "" };
  heard.set(socket, all);
  socket.on("data", (chunk) => {
    all.text += chunk.toString("latin1");
  });
  return all;
}

/** Of a port where nobody listens. */
export async function unusedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
