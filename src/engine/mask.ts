import type { Credential } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import { base64Texts } from "../syntax/base64-text.ts";
import { detached } from "../syntax/detached.ts";
import { mayNameSecret, namedSecretShapes } from "../syntax/named-secret-shapes.ts";
import { remembered } from "../syntax/remembered.ts";
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
  /** Characters of its beginning and of its end by which one that was cut is known; "" = it is too short for that. */
  readonly head: string;
  readonly tail: string;
}

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
/** Characters by which a secret is known that was cut, and how long it must have been. */
const [cut, shortestCut] = [12, 24];

/** The credential values an exchange carries, as far as a mask keeps them: some 30,000 characters at most. */
export function knownSecrets(exchange: Exchange, credentials: readonly Credential[]): readonly KnownSecret[] {
  const { fields, values } = holdersOf(exchange, credentials);
  // Mostly the same client with the same credential, and nothing else that is secret.
  if (values.length > 0) return secretsIn({ fields, values }).map(knownOf);
  if (!areSame(fields, last.fields)) last = { fields, known: secretsIn({ fields, values }).map(knownOf) };
  return last.known;
}

let last: { readonly fields: readonly string[]; readonly known: readonly KnownSecret[] } = { fields: [], known: [] };

const knownOf = remembered((secret): KnownSecret => {
  const { length } = secret;
  const [head, tail] = length >= shortestCut ? [detached(secret.slice(0, cut)), detached(secret.slice(-cut))] : ["", ""];
  return length <= 2 * kept
    ? { start: detached(secret), end: "", length, head, tail }
    : { start: detached(secret.slice(0, kept)), end: detached(secret.slice(-kept)), length, head, tail };
});

/** The credential values an exchange carries, in the forms in which they may be echoed, longest first. */
export function secretsOf(exchange: Exchange, credentials: readonly Credential[]): readonly string[] {
  return secretsIn(holdersOf(exchange, credentials));
}

function secretsIn({ fields, values }: Holders): string[] {
  const found = new Set<string>();
  for (const value of [...fields.flatMap(partsOf), ...values])
    if (value.length >= shortest && found.size < most && !/^(?:Bearer|Basic|Digest|ApiKey)$/i.test(value))
      for (const form of formsOf(value.slice(0, longest))) found.add(form);
  return [...found].sort((a, b) => b.length - a.length);
}

/** What of an exchange holds secrets: fields of which parts may be some, and values that are. */
interface Holders {
  readonly fields: readonly string[];
  readonly values: readonly string[];
}

function holdersOf({ request, response }: Exchange, credentials: readonly Credential[]): Holders {
  const fields: string[] = [];
  for (const [name, value] of request.headers.lines()) if (isSecretField(name, credentials)) fields.push(value);
  for (const [name, value] of response.headers.lines())
    if (isSecretField(name, credentials) && !/^set-cookie$/i.test(name)) fields.push(value);
  const values: string[] = [];
  for (const body of [request.body.head(mostNamed), response.body.head(mostNamed)]) values.push(...namedSecrets(body));
  for (const value of response.headers.all("set-cookie")) values.push(value.slice(value.indexOf("=") + 1).split(";", 1)[0] ?? "");
  const queried = credentials.flatMap((credential) => ("query" in credential ? [credential.query] : []));
  for (const pair of queried.length === 0 ? [] : request.query.split("&", 1_000)) {
    const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    if (queried.includes(decode(name))) values.push(value, decode(value));
  }
  return { fields, values };
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

/** What of a field's value may be a secret: the whole, its parts, and what base64 hides in them. */
const partsOf = remembered((value): readonly string[] => {
  const parts = value
    .slice(0, 1_000_000)
    .split(/[\s,;]+/, most)
    .flatMap((part) => [
      part,
      ...base64Texts(part).flatMap((text) => [text, ...text.split(":")]),
      ...(part.includes("=") ? [part.slice(part.indexOf("=") + 1)] : []),
    ]);
  return [...(value.length <= longest ? [value] : []), ...parts].map(detached);
});

/** Characters of a body that are looked through for secrets that their names tell. */
const mostNamed = 50_000;

/** Values whose names tell that they are secrets: they may be repeated where no name does. */
function namedSecrets(text: string): string[] {
  if (!mayNameSecret(text)) return [];
  return namedSecretShapes.flatMap(({ wide }) => [...text.matchAll(wide)].map(([all, name = ""]) => all.slice(name.length)));
}

/** A secret as it is, within a URL and out of one, as PHP escapes it in JSON, and in base64. */
const formsOf = remembered((value): readonly string[] => {
  const base64 = Buffer.from(value).toString("base64").replace(/=+$/, "");
  const forms = [value, encode(value), value.includes("%") ? decode(value) : value, value.replaceAll("/", "\\/"), base64];
  return [...new Set(forms.map(detached))];
});

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
