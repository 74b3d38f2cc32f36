import type { Credential } from "../../model/contract.ts";
import type { Ask, HeaderLine } from "../ask.ts";
import type { Received } from "../wire/wire.ts";
import { Disguise, disguiseBytes, disguiseText } from "./disguise.ts";
import { cookieForm, formsOf, type SecretForm } from "./secret-forms.ts";
import { isAuthorizationField, secretParts, splitScheme } from "./secret-parts.ts";

/** What stands in a recording for what must not: a token for each account, each made-up credential, each cookie that a server set. */
export class Masks {
  private readonly declared: readonly Credential[];
  /** Credential values to their tokens. */
  private readonly tokens = new Map<string, string>();
  private readonly accounts: Disguise;
  private readonly madeUp = new Map<string, string>();
  private readonly cookies = new Map<string, string>();

  constructor(accounts: ReadonlyMap<string, readonly string[]>, declared: readonly Credential[]) {
    this.declared = declared;
    for (const [name, values] of accounts)
      for (const value of values) if (!this.tokens.has(value)) this.tokens.set(value, accountToken(name));
    this.accounts = new Disguise([...this.tokens].flatMap(([value, token]) => this.formsOf(value, token)));
  }

  /** The masks of one exchange: a made-up credential and the cookies set are known in their own exchange only. */
  of({ as }: Ask, { headers }: Received): ExchangeMask {
    const own = new Map(this.tokens);
    const forms: SecretForm[] = [];
    if (typeof as === "object" && "madeUp" in as && !this.tokens.has(as.madeUp) && !isBareScheme(as.madeUp)) {
      const token = numbered(this.madeUp, as.madeUp, "account:made-up-");
      own.set(as.madeUp, token);
      forms.push(...this.formsOf(as.madeUp, token));
    }
    const set = headers.flatMap(([name, value]) => (name.toLowerCase() === "set-cookie" ? [cookieOf(value).value] : []));
    for (const value of set) if (value !== "" && !own.has(value)) this.cookieToken(value);
    const cookies = [...new Set(set)].filter((value) => value.length >= shortestCookie && !own.has(value));
    const longest = cookies.sort((a, b) => b.length - a.length).slice(0, mostCookies);
    const cookieForms = longest.map((cookie) => cookieForm(cookie, this.cookieToken(cookie)));
    const disguises = [this.accounts];
    if (forms.length > 0) disguises.push(new Disguise(forms));
    if (cookieForms.length > 0) disguises.push(new Disguise(cookieForms, patience));
    return new ExchangeMask(this.declared, own, disguises, (value) => this.cookieToken(value));
  }

  /** Masks what is told of a run: the credentials of its accounts, wherever they stand. */
  text(text: string): string {
    return disguiseText(text, [this.accounts]);
  }

  /** Where one of the declared fields is an Authorization, any credential may have a scheme. */
  private formsOf(value: string, token: string): SecretForm[] {
    const hasScheme = this.declared.some((each) => "header" in each && isAuthorizationField(each.header));
    const parts = new Set([...secretParts(value, false), ...(hasScheme ? secretParts(value, true) : [])]);
    return [...parts].flatMap((part) => formsOf(part, token));
  }

  private cookieToken(value: string): string {
    return numbered(this.cookies, value, "cookie:");
  }
}

/** A shorter one that a body repeats may be any word. */
const shortestCookie = 8;
/** So many of an answer are looked for elsewhere in it, the longest first; in their own line all are masked. */
const mostCookies = 20;
/** A server may set cookies that are costly to look for: they are its own. */
const patience = 8;

/** Masks what belongs to one exchange. */
export class ExchangeMask {
  private readonly declared: readonly Credential[];
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
    this.tokens = tokens;
    this.disguises = disguises;
    this.cookieToken = cookieToken;
  }

  text(text: string): string {
    return disguiseText(text, this.disguises);
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
      const token = value === undefined ? undefined : this.tokens.get(decode(value));
      const isDeclared = this.declared.some((each) => "query" in each && each.query === decode(name));
      return token !== undefined && isDeclared ? `${name}=${encodeURIComponent(token)}` : pair;
    });
    return disguiseText(parts === undefined ? before : `${before}?${parts.join("&")}`, this.disguises, encodeURIComponent);
  }

  /** A declared credential keeps its scheme and the rest is its token, however short it is. */
  requestLine([name, value]: HeaderLine): HeaderLine {
    const lower = name.toLowerCase();
    if (this.declared.some((each) => "header" in each && each.header.toLowerCase() === lower)) {
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

/** A scheme with nothing behind it, which a challenge may name. */
function isBareScheme(value: string): boolean {
  return /^(?:Bearer|Basic|Digest|ApiKey)$/i.test(value);
}

function accountToken(name: string): string {
  return `<account:${name.replace(/[<>\p{Cc}]/gu, "_").slice(0, 100)}>`;
}

function numbered(known: Map<string, string>, value: string, kind: string): string {
  const token = known.get(value) ?? `<${kind}${known.size + 1}>`;
  known.set(value, token);
  return token;
}

/** `name=value; attributes` */
function cookieOf(line: string): { readonly name: string; readonly value: string; readonly attributes: string } {
  const end = line.indexOf(";");
  const pair = end < 0 ? line : line.slice(0, end);
  const [name = "", value = ""] = splitOnce(pair, "=");
  return { name: name.trim(), value: value.trim().replace(/^"(.*)"$/, "$1"), attributes: end < 0 ? "" : line.slice(end) };
}

function isJson(bytes: Buffer): boolean {
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

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
