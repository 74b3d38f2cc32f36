import type { Credential } from "../model/contract.ts";
import { decodeForm } from "../syntax/percent-encoding.ts";
import { type Disguise, disguiseBytes, disguiseText } from "./disguise.ts";
import type { EntryMask } from "./har-entry.ts";
import type { HeaderLine } from "./header-line.ts";
import { formsOf, type SecretForm } from "./secret-forms.ts";
import { isAuthorizationField, secretParts, splitScheme } from "./secret-parts.ts";

/** Masks what belongs to one exchange. */
export class ExchangeMask implements EntryMask {
  private readonly declared: readonly Credential[];
  /** Names of fields, in small letters. */
  private readonly fields: ReadonlySet<string>;
  private readonly tokens: ReadonlyMap<string, string>;
  private readonly disguises: readonly Disguise[];
  private readonly cookieToken: (value: string) => string;

  constructor(
    declared: readonly Credential[],
    tokens: ReadonlyMap<string, string>,
    disguises: readonly Disguise[],
    cookieToken: (value: string) => string,
  ) {
    this.declared = declared;
    this.fields = new Set(declared.flatMap((each) => ("header" in each ? [each.header.toLowerCase()] : [])));
    this.tokens = tokens;
    this.disguises = disguises;
    this.cookieToken = cookieToken;
  }

  text(text: string): string {
    return disguiseText(text, this.disguises);
  }

  requestBody(body: Uint8Array): Buffer {
    return this.body(body, false);
  }

  body(body: Uint8Array, isCut: boolean): Buffer {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const masked = disguiseBytes(bytes, this.disguises, { isCut });
    if (masked === bytes || isCut || !isJson(bytes) || isJson(masked)) return masked;
    // A number was hidden: what stands for it is text.
    return disguiseBytes(bytes, this.disguises, { write: JSON.stringify });
  }

  /** In a URL a token is encoded like any other text. */
  url(url: string): string {
    const [before = "", query] = splitOnce(url, "?");
    const parts = query?.split("&").map((pair) => {
      const [name = "", value] = splitOnce(pair, "=");
      const token = value === undefined ? undefined : this.tokens.get(decodeForm(value));
      const isDeclared = this.declared.some((each) => "query" in each && each.query === decodeForm(name));
      return token !== undefined && isDeclared ? `${name}=${encodeURIComponent(token)}` : pair;
    });
    return disguiseText(parts === undefined ? before : `${before}?${parts.join("&")}`, this.disguises, encodeURIComponent);
  }

  /** A declared credential keeps its scheme and the rest is its token, however short it is. */
  requestLine([name, value]: HeaderLine): HeaderLine {
    const lower = name.toLowerCase();
    if (this.fields.has(lower)) {
      const token = this.tokens.get(value);
      if (token !== undefined) return [name, `${splitScheme(value, isAuthorizationField(name)).scheme}${token}`];
    }
    if (lower !== "cookie") return [this.text(name), this.text(value)];
    const pairs = value.split(/; */).map((pair) => {
      const [cookie = "", content = ""] = splitOnce(pair, "=");
      return `${cookie}=${this.tokens.get(content) ?? content}`;
    });
    return [name, this.text(pairs.join("; "))];
  }

  responseLine([name, value]: HeaderLine): HeaderLine {
    if (name.toLowerCase() !== "set-cookie") return [this.text(name), this.text(value)];
    const { name: cookie, value: content, attributes } = cookieOf(value);
    const masked = content === "" ? "" : (this.tokens.get(content) ?? this.cookieToken(content));
    return [name, `${this.text(cookie)}=${masked}${this.text(attributes)}`];
  }
}

/** A shorter one that a body repeats may be any word. */
const shortestCookie = 8;
/** So many of an answer are looked for elsewhere in it, the longest first; in their own line all are masked. */
const mostCookies = 20;

/** Which cookies are looked for outside of their own lines. */
export function tellingCookies(values: readonly string[]): string[] {
  const telling = [...new Set(values)].filter((value) => value.length >= shortestCookie);
  return telling.sort((a, b) => b.length - a.length).slice(0, mostCookies);
}

/** The forms of a declared credential. Where one of the declared fields is an Authorization, any may have a scheme. */
export function credentialForms(value: string, token: string, declared: readonly Credential[]): SecretForm[] {
  const hasScheme = declared.some((each) => "header" in each && isAuthorizationField(each.header));
  const parts = new Set([...secretParts(value, false), ...(hasScheme ? secretParts(value, true) : [])]);
  return [...parts].flatMap((part) => formsOf(part, token));
}

/** A scheme with nothing behind it, which a challenge may name. */
export function isBareScheme(value: string): boolean {
  return /^(?:Bearer|Basic|Digest|ApiKey)$/i.test(value);
}

/** What stands for an account. */
export function accountToken(name: string): string {
  return `<account:${name.replace(/[<>\p{Cc}]/gu, "_").slice(0, 100)}>`;
}

/** `<cookie:3>`: the same value has the same number. */
export function numbered(known: Map<string, string>, value: string, kind: string): string {
  const token = known.get(value) ?? `<${kind}${known.size + 1}>`;
  known.set(value, token);
  return token;
}

/** `name=value; attributes` */
export function cookieOf(line: string): { readonly name: string; readonly value: string; readonly attributes: string } {
  const end = line.indexOf(";");
  const pair = end < 0 ? line : line.slice(0, end);
  const [name = "", value = ""] = splitOnce(pair, "=");
  return { name: name.trim(), value: value.trim().replace(/^"(.*)"$/, "$1"), attributes: end < 0 ? "" : line.slice(end) };
}

/** Is it a JSON text? */
export function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString());
    return true;
  } catch {
    return false;
  }
}

function splitOnce(text: string, by: string): string[] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + by.length)];
}
