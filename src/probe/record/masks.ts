import type { Credential } from "../../model/contract.ts";
import type { Ask, HeaderLine } from "../ask.ts";
import type { Received } from "../wire/wire.ts";
import { disguiseBytes, disguiseText } from "./disguise.ts";
import { formsOf, type SecretForm } from "./secret-forms.ts";
import { isAuthorizationField, secretParts, splitScheme } from "./secret-parts.ts";

/** What stands in a recording for what must not: a token for each account, each made-up credential, each cookie that a server set. */
export class Masks {
  private readonly declared: readonly Credential[];
  /** Credential values to their tokens. */
  private readonly tokens = new Map<string, string>();
  private readonly forms: readonly SecretForm[];
  private readonly madeUp = new Map<string, string>();
  private readonly cookies = new Map<string, string>();

  constructor(accounts: ReadonlyMap<string, readonly string[]>, declared: readonly Credential[]) {
    this.declared = declared;
    for (const [name, values] of accounts)
      for (const value of values) if (!this.tokens.has(value)) this.tokens.set(value, accountToken(name));
    this.forms = [...this.tokens].flatMap(([value, token]) => this.formsOf(value, token));
  }

  /** The masks of one exchange: a made-up credential and the cookies set are known in their own exchange only. */
  of({ as }: Ask, { headers }: Received): ExchangeMask {
    const own = new Map(this.tokens);
    const forms = [...this.forms];
    if (typeof as === "object" && "madeUp" in as && !this.tokens.has(as.madeUp) && !isBareScheme(as.madeUp)) {
      const token = numbered(this.madeUp, as.madeUp, "account:made-up-");
      own.set(as.madeUp, token);
      forms.push(...this.formsOf(as.madeUp, token));
    }
    for (const [name, value] of headers) {
      const cookie = name.toLowerCase() === "set-cookie" ? cookieOf(value).value : "";
      if (cookie.length >= shortestCookie) forms.push(...formsOf(cookie, this.cookieToken(cookie)));
    }
    return new ExchangeMask(this.declared, own, forms, (value) => this.cookieToken(value));
  }

  /** Masks what is told of a run: the credentials of its accounts, wherever they stand. */
  text(text: string): string {
    return disguiseText(text, this.forms);
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

/** Masks what belongs to one exchange. */
export class ExchangeMask {
  private readonly declared: readonly Credential[];
  private readonly tokens: ReadonlyMap<string, string>;
  private readonly forms: readonly SecretForm[];
  private readonly cookieToken: (value: string) => string;

  constructor(
    declared: readonly Credential[],
    tokens: ReadonlyMap<string, string>,
    forms: readonly SecretForm[],
    cookieToken: (value: string) => string,
  ) {
    this.declared = declared;
    this.tokens = tokens;
    this.forms = forms;
    this.cookieToken = cookieToken;
  }

  text(text: string): string {
    return disguiseText(text, this.forms);
  }

  body(body: Uint8Array, isCut: boolean): Buffer {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const masked = disguiseBytes(bytes, this.forms, isCut);
    if (masked === bytes || isCut || !isJson(bytes) || isJson(masked)) return masked;
    // A number was hidden: what stands for it is text.
    const quoted = this.forms.map((form) => ({ ...form, token: JSON.stringify(form.token) }));
    return disguiseBytes(bytes, quoted);
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
    const forms = this.forms.map((form) => ({ ...form, token: encodeURIComponent(form.token) }));
    return disguiseText(parts === undefined ? before : `${before}?${parts.join("&")}`, forms);
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
