import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer, Field, Wire } from "./answer.ts";
import { type Api, answer } from "./api.ts";
import type { Call, Caps } from "./call.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type Envelope, render } from "./envelope.ts";
import type { Fault, Moment } from "./fault.ts";
import { faultNamed } from "./faults/index.ts";
import { type Limit, Limiter } from "./limiter.ts";
import { conformant } from "./policy.ts";
import { refusals } from "./refusals.ts";
import { createStore, type Store } from "./store.ts";

export interface ServerOptions {
  /** [the system's]. */
  readonly clock?: Clock;
  /** [`/detail/error`, optional members left out]. */
  readonly envelope?: Partial<Envelope>;
  /** [60 requests a minute]. */
  readonly limit?: Partial<Limit>;
  /** [3 generations, 2 regenerations]. */
  readonly caps?: Partial<Caps>;
}

/** The Course Generation API on a port of its own. Conformant until a fault is switched on. */
export interface CourseServer {
  /** `http://127.0.0.1:49152`, without a trailing slash. */
  readonly url: string;
  readonly envelope: Envelope;
  readonly store: Store;
  /** Uses up part of an account's minute, as if by clients that are not seen here. */
  spend(account: string, requests: number): void;
  /** Fails with a 500 at the next so many requests, before it has looked at them. */
  fail(requests: number): void;
  /** Switches faults on, in the place of those that were on; without a name, all off. */
  use(...names: string[]): void;
  /** Forgets everything: resources, keys, quotas, limits, faults. */
  reset(): void;
  close(): Promise<void>;
}

export async function startServer(options: ServerOptions = {}): Promise<CourseServer> {
  const clock = options.clock ?? systemClock;
  const envelope: Envelope = { place: "/detail/error", nulls: false, ...options.envelope };
  const caps: Caps = { generations: 3, regenerations: 2, ...options.caps };
  const newLimiter = () => new Limiter({ requests: 60, window: 60_000, ...options.limit });
  let store = createStore();
  let limiter = newLimiter();
  let faults: readonly Fault[] = [];
  let failures = 0;

  const respond = (call: Call): Wire => {
    const policy = Object.assign({}, conformant, ...faults.map((fault) => fault.policy ?? {}));
    const api: Api = { store, limiter, clock, caps, policy };
    const first = failures > 0 ? refusals.serverError() : answer(api, call);
    failures = Math.max(0, failures - 1);
    const moment: Moment = { call, answer: first, envelope, now: clock.now() };
    const changed = faults.reduce<Answer>((so, fault) => fault.answer?.(so, moment) ?? so, first);
    return faults.reduce<Wire>((so, fault) => fault.wire?.(so, moment) ?? so, letPagesRead(render(changed, envelope), call));
  };

  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    readCall(request).then(
      (call) => send(response, respond(call), clock.now(), store.nextId("req")),
      () => response.destroy(),
    );
  });
  server.on("clientError", (_, socket) => {
    const { text } = render(refusals.invalid("malformed_request", "The request is not HTTP as this API speaks it."), envelope);
    const length = Buffer.byteLength(text);
    socket.end(
      `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${text}`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    envelope,
    get store() {
      return store;
    },
    spend: (account, requests) => limiter.spend(account, requests, clock.now()),
    fail(requests) {
      failures = requests;
    },
    use(...names) {
      faults = names.map(faultNamed);
    },
    reset() {
      store = createStore();
      limiter = newLimiter();
      faults = [];
      failures = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const [path = "/"] = (request.url ?? "/").split("?");
  return {
    method: request.method ?? "GET",
    path: path
      .split("/")
      .filter((segment) => segment !== "")
      .map(decodeSegment),
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A page of any origin may read every answer, and how long to wait. */
function letPagesRead(wire: Wire, { headers: { origin } }: Call): Wire {
  if (origin === undefined) return wire;
  const fields: Field[] = [
    ["Access-Control-Allow-Origin", origin],
    ["Access-Control-Expose-Headers", "Retry-After"],
  ];
  return { ...wire, headers: [...wire.headers, ...fields] };
}

/** Every answer carries the same fields, so that none of them gives away what kind of answer it is. */
function send(response: ServerResponse, wire: Wire, now: number, requestId: string): void {
  const date: Field[] = wire.undated === true ? [] : [["Date", new Date(now).toUTCString()]];
  const fields: Field[] = [...date, ...wire.headers];
  if (wire.status !== 204) fields.push(["Content-Length", String(Buffer.byteLength(wire.text))]);
  fields.push(["X-Request-Id", requestId]);
  response.sendDate = false;
  response.writeHead(wire.status, fields.flat());
  response.end(wire.text);
}
