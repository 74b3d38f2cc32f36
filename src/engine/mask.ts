import type { Credential } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import { remembered } from "../syntax/remembered.ts";
import { mayHoldSecret, secretShapes } from "../syntax/secret-shapes.ts";
import { unescapeVisible } from "../syntax/unescape.ts";
import { type KnownSecret, knownSecrets, longestSecret } from "./exchange-secrets.ts";

/** What stands in a report where a secret stood. */
export const masked = "[masked]";

/** Times that a text may be escaped: a URL within JSON within JSON. */
const mostLayers = 3;

/**
 * Takes secrets out of a text: the values known from the exchange, and whatever has the shape of one. Where one shows only once its escapes are
 * undone, they are undone in what is given back.
 */
export function maskSecrets(text: string, known: readonly KnownSecret[], layers = mostLayers): string {
  const clean = maskShapes(maskKnown(text, known));
  const bare = layers === 0 ? clean : unescapeVisible(clean);
  if (bare === clean) return clean;
  const cleaner = maskSecrets(bare, known, layers - 1);
  return cleaner === bare ? clean : cleaner;
}

function maskKnown(text: string, known: readonly KnownSecret[]): string {
  let clean = text;
  for (const secret of known) {
    if (!clean.includes(secret.start)) continue;
    clean = secret.end === "" ? clean.replaceAll(secret.start, masked) : maskLong(clean, secret);
  }
  // A text may have been cut within a secret: what is left of its beginning or its end goes as well.
  for (const { head, tail } of known) if (head !== "") clean = maskToken(maskToken(clean, head), tail);
  return clean;
}

function maskShapes(text: string): string {
  return mayHoldSecret(text) ? maskEachShape(text) : text;
}

/** A pattern that is not run need not be compiled either. */
const hinted = secretShapes.map((shape) => [new RegExp(shape.hint, "i"), shape] as const);

const maskEachShape = remembered((text) => {
  let clean = text;
  for (const [hint, { wide, keeps = "" }] of hinted) if (hint.test(clean)) clean = clean.replace(wide, keeps + masked);
  return maskKeyEnd(clean);
});

/** Masks whatever begins and ends as a secret does, as far apart. */
function maskLong(text: string, { start, end, length }: KnownSecret): string {
  let clean = text;
  for (let at = clean.indexOf(start); at >= 0; at = clean.indexOf(start, at + 1))
    if (clean.startsWith(end, at + length - end.length)) {
      // One that was cut goes on.
      const stop = length < longestSecret ? at + length : tokenEnd(clean, at + length);
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
