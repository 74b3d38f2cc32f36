import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Answer, Field, Wire } from "./answer.ts";
import { type Api, answer } from "./api.ts";
import { type Call, type Caps, segmentsOf } from "./call.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type Envelope, render } from "./envelope.ts";
import type { Fault, LiveFault, Moment } from "./fault.ts";
import { anyFaultNamed } from "./faults/index.ts";
import { type Limit, Limiter } from "./limiter.ts";
import type { Logged } from "./log.ts";
import { conformant } from "./policy.ts";
import { readRaw, writeRaw } from "./raw.ts";
import { refusals } from "./refusals.ts";
import { createStore, type Store } from "./store.ts";
import { extend, type Table } from "./table.ts";

export interface ServerOptions {
  /** [the system's]. */
  readonly clock?: Clock;
  /** [`/detail/error`, optional members left out]. */
  readonly envelope?: Partial<Envelope>;
  /** [60 requests a minute]. */
  readonly limit?: Partial<Limit>;
  /** [3 generations, 2 regenerations]. */
  readonly caps?: Partial<Caps>;
  /** [documented]. */
  readonly table?: Table;
}

/** The Course Generation API on a port of its own. Conformant until a fault is switched on. */
export interface CourseServer {
  /** `http://127.0.0.1:49152`, without a trailing slash. */
  readonly url: string;
  readonly envelope: Envelope;
  readonly store: Store;
  /** Every request since the start or the last `reset`, in the order in which they came. */
  readonly log: readonly Logged[];
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
  let faults: readonly (Fault | LiveFault)[] = [];
  let failures = 0;
  let log: Logged[] = [];
  const note = (method: string, path: string, headers: Logged["headers"]): Logged => {
    const logged = { method, path, headers, at: performance.now(), clock: clock.now(), isChanged: false };
    log.push(logged);
    return logged;
  };

  const respond = (call: Call, logged: Logged): Wire => {
    const policy = Object.assign({}, conformant, ...faults.map((fault) => fault.policy ?? {}));
    const api: Api = { store, limiter, clock, caps, policy };
    const documented = failures > 0 ? refusals.serverError() : answer(api, call);
    const first = options.table === "extended" ? extend(documented) : documented;
    failures = Math.max(0, failures - 1);
    const moment: Moment = { call, answer: first, envelope, now: clock.now() };
    const changed = faults.reduce<Answer>((so, fault) => fault.answer?.(so, moment) ?? so, first);
    const wire = faults.reduce<Wire>((so, fault) => fault.wire?.(so, moment) ?? so, letPagesRead(render(changed, envelope), call));
    const isForeign = documented.kind === "refusal" && documented.about?.owner !== undefined;
    if (policy.foreignDelay > 0 && isForeign) return { ...wire, delay: policy.foreignDelay };
    logged.isChanged = JSON.stringify(wire) !== JSON.stringify(letPagesRead(render(first, envelope), call));
    return wire;
  };

  /** What Node's parser gives up on. */
  const unreadable = (code: string | undefined): Wire => {
    const refusal =
      options.table === "extended" && code === "HPE_HEADER_OVERFLOW"
        ? extend(refusals.invalid("headers_too_large", "The request's head is longer than this API reads."))
        : refusals.invalid("malformed_request", "The request is not HTTP as this API speaks it.");
    return render(refusal, envelope);
  };

  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const logged = note(request.method ?? "", request.url ?? "", request.headers);
    readCall(request).then(
      async (call) => {
        const wire = respond(call, logged);
        if (wire.delay !== undefined) await setTimeout(wire.delay);
        send(response, wire, clock.now(), store.nextId("req"));
      },
      () => response.destroy(),
    );
  });
  server.on("clientError", (error: Error & { code?: string; rawPacket?: Buffer }, socket) => {
    const raw = options.table === "extended" && error.code === "HPE_INVALID_METHOD" ? readRaw(error.rawPacket ?? Buffer.of()) : undefined;
    // Else the connection broke, and nothing was asked.
    const isRequest = error.code?.startsWith("HPE_") === true;
    const logged = isRequest ? note(raw?.method ?? "", raw?.url ?? "", raw?.headers ?? {}) : undefined;
    const wire =
      raw === undefined || logged === undefined
        ? unreadable(error.code)
        : respond({ ...raw, path: segmentsOf(raw.url), body: Buffer.of() }, logged);
    writeRaw(socket, wire.status, fieldsOf(wire, clock.now(), store.nextId("req")), wire.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    envelope,
    get store() {
      return store;
    },
    get log() {
      return log;
    },
    spend: (account, requests) => limiter.spend(account, requests, clock.now()),
    fail(requests) {
      failures = requests;
    },
    use(...names) {
      faults = names.map(anyFaultNamed);
    },
    reset() {
      store = createStore();
      limiter = newLimiter();
      faults = [];
      failures = 0;
      log = [];
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
  return {
    method: request.method ?? "GET",
    path: segmentsOf(request.url ?? "/"),
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
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
function fieldsOf(wire: Wire, now: number, requestId: string): Field[] {
  const date: Field[] = wire.undated === true ? [] : [["Date", new Date(now).toUTCString()]];
  const fields: Field[] = [...date, ...wire.headers];
  if (wire.status !== 204) fields.push(["Content-Length", String(Buffer.byteLength(wire.text))]);
  fields.push(["X-Request-Id", requestId]);
  return fields;
}

function send(response: ServerResponse, wire: Wire, now: number, requestId: string): void {
  response.sendDate = false;
  const fields = fieldsOf(wire, now, requestId).flat();
  if (wire.reason === undefined) response.writeHead(wire.status, fields);
  else response.writeHead(wire.status, wire.reason, fields);
  response.end(wire.text);
}
