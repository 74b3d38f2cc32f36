import type { Credential } from "../../../src/model/contract.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import type { Ask } from "../../../src/probe/ask.ts";
import type { Recorded } from "../../../src/probe/record/har-entry.ts";
import { openRecording } from "../../../src/probe/record/open-recording.ts";
import type { Received, Sending } from "../../../src/probe/wire/wire.ts";
import { AccountKeeper } from "../../../src/sources/account.ts";
import { readText } from "../../sources/kit.ts";

/** An exchange to be recorded, with what a test wants otherwise. */
export function recordedOf(
  change: {
    ask?: Partial<Ask>;
    sending?: Partial<Sending>;
    received?: Partial<Omit<Received, "body">> & { body?: string | Uint8Array };
  } = {},
): Recorded {
  const { body = '{"ok":true}', ...received } = change.received ?? {};
  return {
    probe: "auth/none",
    ask: { purpose: "a read", level: 0, method: "GET", path: "/v1/x", as: "anonymous", ...change.ask },
    sending: { method: "GET", url: "https://api.example.com/v1/x", headers: [], body: undefined, ...change.sending },
    received: {
      status: 200,
      reason: "OK",
      httpVersion: "HTTP/1.1",
      headers: [["Content-Type", "application/json"]],
      body: Buffer.from(body),
      isCut: false,
      failure: undefined,
      startedAt: Date.UTC(2024, 0, 8, 9),
      connect: 1.5,
      wait: 20.1234,
      receive: 0.25,
      isNewConnection: true,
      ...received,
    },
  };
}

export interface RecordOptions {
  readonly accounts?: Readonly<Record<string, readonly string[]>>;
  readonly declared?: readonly Credential[];
}

/** The text of a whole recording. */
export async function record(all: readonly Recorded[], { accounts = {}, declared = [{ header: "Authorization" }] }: RecordOptions = {}) {
  let text = "";
  const recording = openRecording({
    write: (more) => {
      text += more;
    },
    accounts: new Map(Object.entries(accounts)),
    declared,
    version: "1.2.3",
  });
  for (const each of all) await recording.add(each);
  await recording.close();
  return text;
}

/** What an audit sees of it. */
export async function readBack<T>(text: string, look: (exchange: Exchange) => T, declared?: readonly Credential[]) {
  return readText(text, look, { keeper: new AccountKeeper(declared), strict: true });
}
