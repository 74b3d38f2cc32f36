import type { Account, Body, Exchange, Headers, NotJudged, ParsedJson, ProbeMark } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import { mayBeginWithMember } from "../syntax/first-member.ts";
import { splitUrl } from "../syntax/url.ts";

/** Header fields as a test writes them: a list where a field stands on several lines. */
export type HeaderFields = Readonly<Record<string, string | readonly string[]>>;

/** A text goes as it is; an object or a list as its JSON; null = no body. */
export type BodyContent = string | { readonly [member: string]: unknown } | readonly unknown[] | null;

/** What an exchange is made from; everything has a default. */
export interface ExchangeParts {
  /** [GET] */
  readonly method?: string;
  /** A path is put on https://api.example.com [/v1/courses/c_1]. */
  readonly url?: string;
  readonly requestHeaders?: HeaderFields;
  readonly requestBody?: BodyContent;
  readonly requestBodyState?: Body["state"] | "truncated";
  /** [200] */
  readonly status?: number;
  readonly reason?: string;
  /** Of the response. A JSON body brings `content-type: application/json` unless one is given. */
  readonly headers?: HeaderFields;
  readonly body?: BodyContent;
  readonly bodyState?: Body["state"] | "truncated";
  /** Its id; undefined = no credential. */
  readonly account?: string | Account;
  /** When the request started: milliseconds, or an ISO date. `null` = unknown [2026-01-05T12:00:00Z]. */
  readonly at?: number | string | null;
  /** Milliseconds until the response had arrived; `null` = unknown [50]. */
  readonly took?: number | null;
  /** Milliseconds to the response's first byte [unknown]. */
  readonly waited?: number;
  /** Milliseconds until a connection stood [unknown]. */
  readonly connected?: number;
  readonly capture?: string;
  readonly entry?: number;
  readonly notJudged?: NotJudged;
  /** [the capture] */
  readonly timeline?: string;
  readonly probe?: ProbeMark;
  readonly label?: string;
  readonly failure?: string;
  readonly side?: "before" | "after";
}

/** An exchange made by hand, all of it there at once. */
export function makeExchange(parts: ExchangeParts = {}): Exchange {
  const url = (parts.url ?? "/v1/courses/c_1").replace(/^(?=\/)/, "https://api.example.com");
  const split = splitUrl(url);
  const at = parts.at === undefined ? Date.UTC(2026, 0, 5, 12) : typeof parts.at === "string" ? Date.parse(parts.at) : parts.at;
  const took = parts.took === undefined ? 50 : parts.took;
  const body = makeBody(parts.body ?? null, parts.bodyState, contentTypeOf(parts.headers));
  return {
    origin: { capture: parts.capture ?? "test.har", entry: parts.entry ?? 0, offset: 0 },
    startedAt: at ?? undefined,
    endedAt: at === null || took === null ? undefined : at + took,
    waited: parts.waited,
    connected: parts.connected,
    account: typeof parts.account === "string" ? { id: parts.account, credential: parts.account } : parts.account,
    notJudged: parts.notJudged ?? (parts.status === 0 || Number(parts.status) > 599 ? "no-response" : undefined),
    timeline: parts.timeline ?? parts.capture ?? "test.har",
    probe: parts.probe,
    label: parts.label ?? "",
    failure: parts.failure ?? "",
    side: parts.side,
    request: {
      method: parts.method ?? "GET",
      url,
      server: split?.server ?? "",
      path: split?.path ?? "/",
      query: split?.query ?? "",
      headers: makeHeaders(withContentType(parts.requestHeaders, parts.requestBody)),
      body: makeBody(parts.requestBody ?? null, parts.requestBodyState, contentTypeOf(parts.requestHeaders)),
    },
    response: {
      status: parts.status ?? 200,
      reason: parts.reason ?? "",
      headers: makeHeaders(withContentType(parts.headers, parts.body)),
      body,
    },
  };
}

/** Header fields made by hand. */
export function makeHeaders(fields: HeaderFields = {}): Headers {
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((each): readonly [string, string] => [name, each]),
  );
  const all = (name: string) => lines.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return {
    all,
    lines: () => lines,
    get(name) {
      const values = all(name);
      return values.length === 0 ? undefined : values.join(", ");
    },
  };
}

/** A body made by hand. */
export function makeBody(content: BodyContent, state?: Body["state"] | "truncated", mediaType?: string): Body {
  const text = content === null ? "" : typeof content === "string" ? content : JSON.stringify(content);
  const really = state === "truncated" ? "present" : (state ?? (text === "" ? "empty" : "present"));
  let parsed: ParsedJson | undefined;
  return {
    state: really,
    truncated: state === "truncated",
    mediaType,
    text: () => (really === "present" ? text : ""),
    json: () => (parsed ??= parse(really === "present" ? text : "")),
    head: (length) => (really === "present" ? text.slice(0, length) : ""),
    mayMention: (word) => really === "present" && text.includes(word),
    mayBeginWith: (members) => really === "present" && mayBeginWithMember(text, members),
  };
}

function parse(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}

function contentTypeOf(fields: HeaderFields = {}): string | undefined {
  const value = Object.entries(fields).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return typeof value === "string" ? value : value?.join(", ");
}

function withContentType(fields: HeaderFields = {}, body: BodyContent | undefined): HeaderFields {
  const isJson = typeof body === "object" && body !== null;
  return isJson && contentTypeOf(fields) === undefined ? { ...fields, "content-type": "application/json" } : fields;
}
