import type { Credential } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import { base64Texts } from "../syntax/base64-text.ts";
import { secretShapes } from "../syntax/secret-shapes.ts";

/** What stands in a report where a secret stood. */
export const masked = "[masked]";

/** Takes secrets out of a text: the values known from the exchange, and whatever has the shape of one. */
export function maskSecrets(text: string, known: readonly string[]): string {
  let clean = text;
  // Of one that was too long to be kept whole, only the beginning is known.
  for (const secret of known) if (secret.length < longest) clean = clean.replaceAll(secret, masked);
  // A text may have been cut within a secret: what is left of its beginning or its end goes as well.
  for (const secret of known) if (secret.length >= 24) clean = maskToken(maskToken(clean, secret.slice(0, 12)), secret.slice(-12));
  for (const { wide, keeps = "" } of secretShapes) clean = clean.replace(wide, keeps + masked);
  return maskKeyEnd(clean);
}

const tokenCharacter = /[A-Za-z0-9._~+/=%-]/;

/** Masks the whole of every token that holds a part. */
function maskToken(text: string, part: string): string {
  let clean = text;
  for (let at = clean.indexOf(part); at >= 0; at = clean.indexOf(part, at)) {
    const start = tokenStart(clean, at);
    clean = clean.slice(0, start) + masked + clean.slice(tokenEnd(clean, at + part.length));
    at = start + masked.length;
  }
  return clean;
}

/** The end of a private key whose beginning was cut off. */
function maskKeyEnd(text: string): string {
  const end = /-----END [A-Z ]{0,40}PRIVATE KEY-----/.exec(text);
  if (end === null) return text;
  let start = end.index;
  while (start > 0 && /[A-Za-z0-9+/=\\\s]/.test(text[start - 1] as string)) start--;
  return text.slice(0, start) + masked + maskKeyEnd(text.slice(end.index + end[0].length));
}

/** A token longer than this is cut in its midst. */
const longestToken = 20_000;

/** The start of the token that goes on at an index. */
export function tokenStart(text: string, index: number): number {
  let start = index;
  while (start > 0 && index - start < longestToken && tokenCharacter.test(text[start - 1] as string)) start--;
  return start;
}

/** The end of the token that goes on at an index. */
export function tokenEnd(text: string, index: number): number {
  let end = index;
  while (end < text.length && end - index < longestToken && tokenCharacter.test(text[end] as string)) end++;
  return end;
}

/** Takes secrets out of texts about one exchange. */
export type Mask = (text: string) => string;

const masks = new WeakMap<Exchange, Mask>();

/** The mask that knows an exchange's own secrets; it learns them at its first use, which must be in the exchange's turn. */
export function maskOf(exchange: Exchange, credentials: readonly Credential[]): Mask {
  let mask = masks.get(exchange);
  if (mask === undefined) {
    let secrets: readonly string[] | undefined;
    // A witness keeps its mask: once the secrets are known, the exchange must be let go.
    let source: Exchange | undefined = exchange;
    mask = (text) => {
      if (source !== undefined) secrets = secretsOf(source, credentials);
      source = undefined;
      return maskSecrets(text, secrets ?? []);
    };
    masks.set(exchange, mask);
  }
  return mask;
}

/** Fields whose values are credentials whether or not the contract declares them. */
export function isSecretField(name: string, credentials: readonly Credential[]): boolean {
  const lower = name.toLowerCase();
  return (
    /^(?:cookie|set-cookie)$/.test(lower) ||
    /(?:^|-)(?:token|secret|api-?key|application-key|auth|authorization|password|session(?:-?id)?|signature|credentials?)$/.test(lower) ||
    credentials.some((credential) => "header" in credential && credential.header.toLowerCase() === lower)
  );
}

/** A value with fewer characters is no secret, and would mask half the text. */
const shortest = 6;
/** Secrets known of one exchange, and characters kept of each: a longer one is told by its beginning. */
const [most, longest] = [300, 4_096];

/** The credential values an exchange carries, in the forms in which they may be echoed, longest first. */
export function secretsOf({ request, response }: Exchange, credentials: readonly Credential[]): string[] {
  const found = new Set<string>();
  const add = (value: string) => {
    if (value.length >= shortest && found.size < most && !/^(?:Bearer|Basic|Digest|ApiKey)$/i.test(value))
      for (const form of formsOf(value.slice(0, longest))) found.add(form);
  };
  const addParts = (value: string) => {
    if (value.length <= longest) add(value);
    for (const part of value.slice(0, 1_000_000).split(/[\s,;]+/, most)) {
      add(part);
      for (const text of base64Texts(part)) for (const each of [text, ...text.split(":")]) add(each);
      if (part.includes("=")) add(part.slice(part.indexOf("=") + 1));
    }
  };
  for (const [name, value] of request.headers.lines()) if (isSecretField(name, credentials)) addParts(value);
  for (const value of response.headers.all("set-cookie")) add(value.slice(value.indexOf("=") + 1).split(";", 1)[0] ?? "");
  for (const pair of request.query.split("&", 1_000)) {
    const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    if (credentials.some((credential) => "query" in credential && credential.query === name)) {
      add(value);
      add(decode(value));
    }
  }
  return [...found].sort((a, b) => b.length - a.length);
}

/** A secret as it is, within a URL, as PHP escapes it in JSON, and in base64. */
function formsOf(value: string): string[] {
  return [...new Set([value, encode(value), value.replaceAll("/", "\\/"), Buffer.from(value).toString("base64").replace(/=+$/, "")])];
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}

function encode(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // A lone surrogate has no such form.
    return value;
  }
}
