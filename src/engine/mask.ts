import type { Credential } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import { base64Texts } from "../syntax/base64-text.ts";
import { mayNameSecret, namedSecretShapes } from "../syntax/named-secret-shapes.ts";
import { isSecretField } from "../syntax/secret-field.ts";
import { mayHoldSecret, secretShapes } from "../syntax/secret-shapes.ts";
import { unescapeVisible } from "../syntax/unescape.ts";

/** What stands in a report where a secret stood. */
export const masked = "[masked]";

/** What a mask knows of a secret. A witness keeps it: of a long one only both ends. */
export interface KnownSecret {
  /** The whole of it, or its beginning. */
  readonly start: string;
  /** "" = `start` is the whole. */
  readonly end: string;
  readonly length: number;
}

/** Times that a text may be escaped: a URL within JSON within JSON. */
const mostLayers = 3;

/**
 * Takes secrets out of a text: the values known from the exchange, and whatever has the shape of one. Where one shows only once its escapes are
 * undone, they are undone in what is given back.
 */
export function maskSecrets(text: string, known: readonly KnownSecret[], layers = mostLayers): string {
  const clean = maskPlain(text, known);
  const bare = layers === 0 ? clean : unescapeVisible(clean);
  if (bare === clean) return clean;
  const cleaner = maskSecrets(bare, known, layers - 1);
  return cleaner === bare ? clean : cleaner;
}

function maskPlain(text: string, known: readonly KnownSecret[]): string {
  let clean = text;
  for (const secret of known) clean = secret.end === "" ? clean.replaceAll(secret.start, masked) : maskLong(clean, secret);
  // A text may have been cut within a secret: what is left of its beginning or its end goes as well.
  for (const { start, end, length } of known)
    if (length >= 24) clean = maskToken(maskToken(clean, start.slice(0, 12)), (end || start).slice(-12));
  if (mayHoldSecret(clean)) for (const { wide, keeps = "" } of secretShapes) clean = clean.replace(wide, keeps + masked);
  return maskKeyEnd(clean);
}

/** Masks whatever begins and ends as a secret does, as far apart. */
function maskLong(text: string, { start, end, length }: KnownSecret): string {
  let clean = text;
  for (let at = clean.indexOf(start); at >= 0; at = clean.indexOf(start, at + 1))
    if (clean.startsWith(end, at + length - end.length)) {
      // One that was cut goes on.
      const stop = length < longest ? at + length : tokenEnd(clean, at + length);
      clean = clean.slice(0, at) + masked + clean.slice(stop);
    }
  return clean;
}

const tokenCharacter = /[A-Za-z0-9._~+/\\=%-]/;

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
    let secrets: readonly KnownSecret[] | undefined;
    // A witness keeps its mask: once the secrets are known, the exchange must be let go.
    let source: Exchange | undefined = exchange;
    mask = (text) => {
      if (source !== undefined) secrets = knownSecrets(source, credentials);
      source = undefined;
      return maskSecrets(text, secrets ?? []);
    };
    masks.set(exchange, mask);
  }
  return mask;
}

/** A value with fewer characters is no secret, and would mask half the text. */
const shortest = 6;
/** Secrets known of one exchange, and characters looked at of each: a longer one is told by its beginning. */
const [most, longest] = [300, 4_096];
/** Characters kept of each end of a long secret. */
const kept = 48;

/** The credential values an exchange carries, as far as a mask keeps them: some 30,000 characters at most. */
export function knownSecrets(exchange: Exchange, credentials: readonly Credential[]): KnownSecret[] {
  return secretsOf(exchange, credentials).map(knownOf);
}

function knownOf(secret: string): KnownSecret {
  const { length } = secret;
  return length <= 2 * kept
    ? { start: detached(secret), end: "", length }
    : { start: detached(secret.slice(0, kept)), end: detached(secret.slice(-kept)), length };
}

/** In memory of its own: a part of a string otherwise keeps the whole of it alive. */
function detached(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}

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
  for (const [name, value] of response.headers.lines())
    if (isSecretField(name, credentials) && !/^set-cookie$/i.test(name)) addParts(value);
  for (const body of [request.body.head(mostNamed), response.body.head(mostNamed)]) for (const value of namedSecrets(body)) add(value);
  for (const value of response.headers.all("set-cookie")) add(value.slice(value.indexOf("=") + 1).split(";", 1)[0] ?? "");
  for (const pair of request.query.split("&", 1_000)) {
    const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    if (credentials.some((credential) => "query" in credential && credential.query === decode(name))) {
      add(value);
      add(decode(value));
    }
  }
  return [...found].sort((a, b) => b.length - a.length);
}

/** Characters of a body that are looked through for secrets that their names tell. */
const mostNamed = 50_000;

/** Values whose names tell that they are secrets: they may be repeated where no name does. */
function namedSecrets(text: string): string[] {
  if (!mayNameSecret(text)) return [];
  return namedSecretShapes.flatMap(({ wide }) => [...text.matchAll(wide)].map(([all, name = ""]) => all.slice(name.length)));
}

/** A secret as it is, within a URL and out of one, as PHP escapes it in JSON, and in base64. */
function formsOf(value: string): string[] {
  const base64 = Buffer.from(value).toString("base64").replace(/=+$/, "");
  return [...new Set([value, encode(value), value.includes("%") ? decode(value) : value, value.replaceAll("/", "\\/"), base64])];
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
