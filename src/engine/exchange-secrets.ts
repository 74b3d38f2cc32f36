import type { Credential } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import { base64Texts } from "../syntax/base64-text.ts";
import { detached } from "../syntax/detached.ts";
import { mayNameSecret, namedSecretShapes } from "../syntax/named-secret-shapes.ts";
import { decodeForm, encodePercent } from "../syntax/percent-encoding.ts";
import { remembered } from "../syntax/remembered.ts";
import { isSecretField } from "../syntax/secret-field.ts";

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

/** A value with fewer characters is no secret, and would mask half the text. */
const shortest = 6;
/** Secrets known of one exchange. */
const most = 300;
/** Characters looked at of each: a longer one is told by its beginning. */
export const longestSecret = 4_096;
/** Characters kept of each end of a long secret. */
const kept = 48;
/** Characters by which a secret is known that was cut, and how long it must have been. */
const [cut, shortestCut] = [12, 24];

/** The credential values an exchange carries, as far as a mask keeps them: some 30,000 characters at most. */
export function knownSecrets(exchange: Exchange, credentials: readonly Credential[]): readonly KnownSecret[] {
  const { fields, values } = holdersOf(exchange, credentials);
  // Mostly clients with the same credentials as before, and nothing else that is secret.
  return values.length > 0 ? secretsIn({ fields, values }).map(knownOf) : knownOfFields(fields.join("\n"));
}

/** Of a header field's value no line break is a part. */
const knownOfFields = remembered(
  (fields): readonly KnownSecret[] => secretsIn({ fields: fields.split("\n"), values: [] }).map(knownOf),
  2_000,
);

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
      for (const form of formsOf(value.slice(0, longestSecret))) found.add(form);
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
  for (const text of [request.query, request.body.head(mostNamed), response.body.head(mostNamed)]) values.push(...namedSecrets(text));
  for (const value of response.headers.all("set-cookie")) values.push(value.slice(value.indexOf("=") + 1).split(";", 1)[0] ?? "");
  const queried = credentials.flatMap((credential) => ("query" in credential ? [credential.query] : []));
  for (const pair of queried.length === 0 ? [] : request.query.split("&", 1_000)) {
    const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    if (queried.includes(decodeForm(name))) values.push(value, decodeForm(value));
  }
  return { fields, values };
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
  return [...(value.length <= longestSecret ? [value] : []), ...parts].map(detached);
});

/** Characters of a text that are looked through for secrets that their names tell. */
const mostNamed = 50_000;

/** Values whose names tell that they are secrets: they may be repeated where no name does. */
function namedSecrets(whole: string): string[] {
  const text = whole.slice(0, mostNamed);
  if (!mayNameSecret(text)) return [];
  return namedSecretShapes.flatMap(({ wide }) => [...text.matchAll(wide)].map(([all, name = ""]) => all.slice(name.length)));
}

/** A secret as it is, within a URL and out of one, as PHP escapes it in JSON, and in base64. */
const formsOf = remembered((value): readonly string[] => {
  const base64 = Buffer.from(value).toString("base64").replace(/=+$/, "");
  const forms = [value, encodePercent(value), value.includes("%") ? decodeForm(value) : value, value.replaceAll("/", "\\/"), base64];
  return [...new Set(forms.map(detached))];
});
