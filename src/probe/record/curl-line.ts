import type { Credential } from "../../model/contract.ts";
import type { Ask } from "../ask.ts";
import type { Sending } from "../wire/wire.ts";
import { shellBody } from "./shell-body.ts";
import { type NamedAccount, type ShellWords, shellWords } from "./shell-words.ts";

/** What a line needs in order to name a credential by its environment variable. */
export interface CurlNames {
  /** The parts of a request that are credentials, as the contract declares them. */
  readonly declared: readonly Credential[];
  readonly accounts: readonly NamedAccount[];
  /** Credential values by account, in the order of `declared`: none of them is ever in a line. */
  readonly credentials: ReadonlyMap<string, readonly string[]>;
}

/** What curl sends of its own where it is not told otherwise. */
const ownFields = ["User-Agent", "Accept"];
/** curl asks first before it sends so many bytes. */
const askedFirst = 1 << 20;

/** A line for a POSIX shell that sends a request again. Credentials are environment variables in it; all else is quoted. */
export function curlLine({ ask, sending }: { readonly ask: Ask; readonly sending: Sending }, names: CurlNames): string {
  const { method, headers, body = new Uint8Array() } = sending;
  const words = shellWords(names.accounts, names.credentials);
  const { url, options } = splitQuery(sending.url, ask, names, words);
  const line = ["curl", "-i", "--path-as-is", "--globoff"];
  if (url.startsWith("https:")) line.push("--http1.1");
  if (method === "HEAD" && body.length === 0) line.push("--head");
  else if (method !== "GET" || body.length > 0) line.push("-X", /^[\w-]+$/.test(method) ? method : words.quote(method));
  line.push(words.quote(url), ...options);
  const named = new Set(headers.map(([name]) => name.toLowerCase()));
  for (const [name, value] of headers) line.push("-H", words.quote(value === "" ? `${name};` : `${name}: ${value}`));
  const hasContent = body.length > 0 || /^(?:POST|PUT|PATCH|QUERY)$/.test(method);
  for (const name of hasContent ? [...ownFields, "Content-Type"] : ownFields)
    if (!named.has(name.toLowerCase())) line.push("-H", `'${name}:'`);
  if (!hasContent) return line.join(" ");
  if (body.length > askedFirst) line.push("-H", "'Expect:'");
  const { pipe, option } = shellBody(Buffer.from(body), words);
  return `${pipe}${line.join(" ")} ${option}`;
}

/** A credential in the query that needs encoding is encoded by curl: a shell cannot. */
function splitQuery(
  url: string,
  { as }: Ask,
  { declared, accounts, credentials }: CurlNames,
  words: ShellWords,
): { readonly url: string; readonly options: readonly string[] } {
  if (typeof as !== "object" || !("account" in as)) return { url, options: [] };
  let left = url;
  const options: string[] = [];
  for (const [index, credential] of declared.entries()) {
    const value = credentials.get(as.account)?.[index];
    const variable = accounts.find(({ name }) => name === as.account)?.variables[index];
    if (!("query" in credential) || value === undefined || variable === undefined || encodeURIComponent(value) === value) continue;
    const name = encodeURIComponent(credential.query);
    const pair = `${name}=${encodeURIComponent(value)}`;
    const at = left.lastIndexOf(pair);
    if (at < 1) continue;
    left = left.slice(0, at - 1) + left.slice(at + pair.length);
    options.push("--url-query", `${words.quote(`${name}=`)}"$${variable}"`);
  }
  return { url: left, options };
}
