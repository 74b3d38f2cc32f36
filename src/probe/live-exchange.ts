import type { Body, Exchange, Headers, ParsedJson } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import { noBody } from "../model/nothing-sent.ts";
import { mayBeginWithMember } from "../syntax/first-member.ts";
import { splitUrl } from "../syntax/url.ts";
import type { HeaderLine } from "./ask.ts";
import type { Received, Sending } from "./wire/wire.ts";

/** An exchange as a contract reads one, while it happens: only to tell whether an answer is an error. What is judged is the recording. */
export function liveExchange({ method, url, headers, body }: Sending, received: Received): Exchange {
  const split = splitUrl(url);
  return {
    origin: { capture: "<live>", entry: 0, offset: 0 },
    startedAt: received.startedAt,
    endedAt: undefined,
    waited: undefined,
    connected: undefined,
    account: undefined,
    notJudged: undefined,
    timeline: "<live>",
    probe: undefined,
    label: "",
    failure: "",
    side: undefined,
    request: {
      method,
      url,
      server: split?.server ?? "",
      path: split?.path ?? "/",
      query: split?.query ?? "",
      headers: headersOf(headers),
      body: bodyOf(body ?? new Uint8Array(), headers, false),
    },
    response: {
      status: received.status,
      reason: received.reason,
      headers: headersOf(received.headers),
      body: received.isCoded ? unreadBody : bodyOf(received.body, received.headers, received.isCut),
    },
  };
}

function headersOf(lines: readonly HeaderLine[]): Headers {
  const all = (name: string) => lines.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return { all, lines: () => lines, get: (name) => (all(name).length === 0 ? undefined : all(name).join(", ")) };
}

/** Nobody knows what is in one that is still coded. */
const unreadBody: Body = { ...noBody, state: "not-captured" };

function bodyOf(bytes: Uint8Array, headers: readonly HeaderLine[], truncated: boolean): Body {
  let text: string | undefined;
  let parsed: ParsedJson | undefined;
  const read = () => {
    text ??= Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
    return text;
  };
  return {
    state: bytes.length === 0 ? "empty" : "present",
    truncated,
    mediaType: headersOf(headers).get("content-type"),
    text: read,
    json() {
      parsed ??= parse(read());
      return parsed;
    },
    head: (length) => read().slice(0, length),
    mayMention: (word) => read().includes(word),
    mayBeginWith: (members) => mayBeginWithMember(read(), members),
  };
}

function parse(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
