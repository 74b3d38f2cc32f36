import type { Credential } from "../model/contract.ts";
import type { Ask, HeaderLine } from "./ask.ts";
import type { Sending } from "./wire/wire.ts";

/** What every request of a run is sent with. */
export interface Wardrobe {
  readonly target: string;
  /** The parts of a request that are credentials, as the contract declares them. */
  readonly declared: readonly Credential[];
  /** Credential values by account, in the order of `declared`. */
  readonly credentials: ReadonlyMap<string, readonly string[]>;
  /** Of the plan. */
  readonly headers: readonly HeaderLine[];
  readonly userAgent: string;
  /** Is the probe named in each request? */
  readonly announce: boolean;
}

/** Makes an ask a request: with its credential, the plan's header lines, and a client's usual ones. What the ask names itself wins. */
export function dress(probe: string, ask: Ask, { target, declared, credentials, headers, userAgent, announce }: Wardrobe): Sending {
  const lines: HeaderLine[] = [];
  const set = (line: HeaderLine) => {
    const known = lines.findIndex(([name]) => name.toLowerCase() === line[0].toLowerCase());
    if (known < 0) lines.push(line);
    else lines[known] = line;
  };
  set(["User-Agent", userAgent]);
  set(["Accept", "application/json"]);
  if (announce) set(["X-Envelint-Probe", probe]);
  for (const line of headers) set(line);
  if (ask.body?.mediaType !== undefined) set(["Content-Type", ask.body.mediaType]);
  for (const line of ask.headers ?? []) set(line);

  let url = `${target}${ask.path}`;
  for (const [index, value] of valuesOf(ask, credentials).entries()) {
    const credential = declared[index];
    if (credential === undefined) continue;
    if ("header" in credential) set([credential.header, value]);
    else if ("cookie" in credential) set(["Cookie", withCookie(lines, `${credential.cookie}=${value}`)]);
    else url += `${url.includes("?") ? "&" : "?"}${encodeURIComponent(credential.query)}=${encodeURIComponent(value)}`;
  }
  const content = ask.body?.content;
  return { method: ask.method, url, headers: lines, body: typeof content === "string" ? Buffer.from(content) : content };
}

function valuesOf({ as }: Ask, credentials: Wardrobe["credentials"]): readonly string[] {
  if (as === "anonymous") return [];
  return "madeUp" in as ? [as.madeUp] : (credentials.get(as.account) ?? []);
}

function withCookie(lines: readonly HeaderLine[], pair: string): string {
  const others = lines.find(([name]) => name.toLowerCase() === "cookie")?.[1];
  return others === undefined ? pair : `${others}; ${pair}`;
}
