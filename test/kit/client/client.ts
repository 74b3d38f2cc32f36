import type { Exchange, Sender, Session, Step } from "../record/session.ts";
import { field } from "../server/answer.ts";
import { type Random, seeded, uuid } from "./random.ts";
import { fullJitter, obeying, type Wait } from "./wait.ts";

/** How a client goes about its work. */
export interface Habits {
  /** Retries at the most [3]. */
  readonly retries?: number;
  /** [as long as it is asked to, else with full jitter]. */
  readonly wait?: Wait;
  /** After which answers does it try again? [429 with Retry-After, 500, none at all]. */
  readonly retriesOn?: (sent: Exchange) => boolean;
  /** What becomes of the key when it tries again [it is kept]. */
  readonly retriedKey?: (key: string | undefined, client: Client) => string | undefined;
}

/** A request, less who sends it. */
export type Request = Omit<Step, "as">;

/** A client of one account, at work in a session. */
export interface Client {
  readonly session: Session;
  readonly random: Random;
  /** The same client for somebody else. */
  as(sender: Sender): Client;
  /** Sends once. */
  send(request: Request): Promise<Exchange>;
  /** Sends requests that do not wait for each other. */
  sendAtOnce(requests: readonly Request[], apart?: number): Promise<Exchange[]>;
  /** Sends, and tries again where its habits say so. Gives the last answer. */
  call(request: Request, habits?: Habits): Promise<Exchange>;
  /** Sends again and again, so many seconds apart. */
  poll(request: Request, every: number, times: number): Promise<void>;
  /** Lets seconds pass. */
  pause(seconds: number): void;
  /** A key drawn at random. */
  newKey(): string;
}

export function makeClient(session: Session, sender: Sender = "alice", random: Random = seeded(7)): Client {
  const client: Client = {
    session,
    random,
    as: (other) => makeClient(session, other, random),
    send: (request) => session.send({ as: sender, ...request }),
    sendAtOnce: (requests, apart) =>
      session.sendAtOnce(
        requests.map((request) => ({ as: sender, ...request })),
        apart,
      ),
    async call(
      request,
      { retries = 3, wait = obeying(fullJitter), retriesOn = mayTryAgain, retriedKey = (kept: string | undefined) => kept } = {},
    ) {
      let { key } = request;
      let waited = 0;
      let sent = await client.send(request);
      for (let retry = 1; retry <= retries && retriesOn(sent); retry++) {
        waited = wait({ retry, waited, asked: retryAfter(sent), random });
        client.pause(waited);
        key = retriedKey(key, client);
        const { key: _, ...rest } = request;
        sent = await client.send(key === undefined ? rest : { ...rest, key });
      }
      return sent;
    },
    async poll(request, every, times) {
      for (let time = 1; time <= times; time++) {
        await client.send(request);
        client.pause(every);
      }
    },
    pause: (seconds) => session.wait(seconds),
    newKey: () => uuid(random),
  };
  return client;
}

/** Seconds in Retry-After. */
export function retryAfter({ response }: Exchange): number | undefined {
  const value = field(response.headers, "Retry-After");
  return value === undefined ? undefined : Number(value);
}

/** As the contract has it. */
function mayTryAgain(sent: Exchange): boolean {
  const { status } = sent.response;
  return status === 0 || status === 500 || (status === 429 && retryAfter(sent) !== undefined);
}

/** Tries again after everything that is no success: what no client should do. */
export function everyError({ response: { status } }: Exchange): boolean {
  return status === 0 || status >= 400;
}
