import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import type { Json } from "../../../src/model/json.ts";
import type { Field } from "../server/answer.ts";
import { type VirtualClock, virtualClock } from "../server/clock.ts";
import { type CourseServer, type ServerOptions, startServer } from "../server/server.ts";
import { secrets } from "../server/store.ts";

/** The name under which the recorded server is known; it exists nowhere. */
export const publicHost = "api.courses.example";

/** Who sends a request; nobody has a credential that opens nothing, and anonymous has none. */
export type Sender = "alice" | "bob" | "nobody" | "anonymous";

/** One request of a script. */
export interface Step {
  readonly as: Sender;
  readonly method: string;
  /** From `/` on, query included. */
  readonly path: string;
  readonly json?: Json;
  /** A body that is not to be JSON, or not quite. */
  readonly text?: string;
  /** [application/json where there is a body]. */
  readonly mediaType?: string;
  readonly key?: string;
  /** The page whose script asks. */
  readonly origin?: string;
  /** What the step is for, in a few words. */
  readonly comment?: string;
  /** Names a request that no sane client would send: it asks what the server makes of it. */
  readonly probe?: string;
  /** Further header fields. */
  readonly headers?: readonly Field[];
  /** Milliseconds until the answer is there [18 to 40]. */
  readonly took?: number;
  /** The connection breaks while the answer comes in: the server has done its part, and the client does not know it. */
  readonly isLost?: boolean;
}

/** What was sent and what came back. */
export interface Exchange {
  /** Its place in the session's log. */
  readonly index: number;
  readonly step: Step;
  /** Milliseconds since the epoch, and milliseconds. */
  readonly startedAt: number;
  readonly time: number;
  readonly request: { readonly headers: readonly Field[]; readonly text: string };
  /** Status 0: none. */
  readonly response: { readonly status: number; readonly reason: string; readonly headers: readonly Field[]; readonly text: string };
}

/** A server of its own, and a client that keeps a log of all it sends. */
export interface Session {
  readonly server: CourseServer;
  readonly clock: VirtualClock;
  readonly log: readonly Exchange[];
  send(step: Step): Promise<Exchange>;
  /** Sends requests so many milliseconds apart, none of which waits for the answer to another. */
  sendAtOnce(steps: readonly Step[], apart?: number): Promise<Exchange[]>;
  /** Lets seconds pass. */
  wait(seconds: number): void;
  close(): Promise<void>;
}

export interface SessionOptions extends Omit<ServerOptions, "clock"> {
  /** Milliseconds between an answer and the next request [400]. */
  readonly pause?: number;
}

export async function openSession({ pause = 400, ...options }: SessionOptions = {}): Promise<Session> {
  const clock = virtualClock();
  const server = await startServer({ ...options, clock });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const log: Exchange[] = [];
  const exchangeNow = async (step: Step): Promise<Exchange> => {
    const startedAt = clock.now();
    const request = { headers: headersOf(step), text: textOf(step) };
    const response = await exchange(server.url, agent, step, request);
    const time = step.took ?? 18 + ((log.length * 7) % 23);
    const sent = { index: log.length, step, startedAt, time, request, response };
    log.push(sent);
    return sent;
  };
  return {
    server,
    clock,
    log,
    async send(step) {
      const sent = await exchangeNow(step);
      clock.advance(sent.time + pause);
      return sent;
    },
    async sendAtOnce(steps, apart = 3) {
      const all: Exchange[] = [];
      for (const step of steps) {
        all.push(await exchangeNow(step));
        clock.advance(apart);
      }
      const end = Math.max(...all.map(({ startedAt, time }) => startedAt + time));
      clock.advance(Math.max(0, end - clock.now()) + pause);
      return all;
    },
    wait: (seconds) => clock.advance(seconds * 1000),
    async close() {
      agent.destroy();
      await server.close();
    },
  };
}

/** The body as JSON. */
export function jsonOf({ response }: Exchange): Json {
  return JSON.parse(response.text);
}

function textOf({ json, text }: Step): string {
  return text ?? (json === undefined ? "" : JSON.stringify(json));
}

function headersOf(step: Step): Field[] {
  const text = textOf(step);
  const fields: Field[] = [
    ["Host", publicHost],
    ["User-Agent", "envelint-kit"],
    ["Accept", "application/json"],
  ];
  if (step.as !== "anonymous") fields.push(["Authorization", `Bearer ${secrets[step.as] ?? "kit-secret-of-nobody"}`]);
  if (step.origin !== undefined) fields.push(["Origin", step.origin]);
  if (step.key !== undefined) fields.push(["Idempotency-Key", step.key]);
  fields.push(...(step.headers ?? []));
  if (text !== "") fields.push(["Content-Type", step.mediaType ?? "application/json"]);
  if (text !== "" || step.method === "POST") fields.push(["Content-Length", String(Buffer.byteLength(text))]);
  return [...fields, ["Connection", "keep-alive"]];
}

async function exchange(url: string, agent: Agent, step: Step, sent: Exchange["request"]): Promise<Exchange["response"]> {
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = httpRequest(
      `${url}${step.path}`,
      { method: step.method, agent, setHost: false, headers: sent.headers.flat() },
      resolve,
    );
    outgoing.on("error", reject);
    outgoing.end(sent.text);
  });
  if (step.isLost) {
    incoming.destroy();
    return { status: 0, reason: "", headers: [], text: "" };
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const raw = incoming.rawHeaders;
  return {
    status: incoming.statusCode ?? 0,
    reason: incoming.statusMessage ?? "",
    headers: raw.flatMap((name, at): Field[] => (at % 2 === 0 ? [[name, raw[at + 1] ?? ""]] : [])),
    text: Buffer.concat(chunks).toString("utf8"),
  };
}
