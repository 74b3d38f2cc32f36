import { type ExchangeMask, isBareScheme, isJson } from "../recording/exchange-mask.ts";
import type { EntryMask } from "../recording/har-entry.ts";
import type { HeaderLine } from "../recording/header-line.ts";
import { isSecretField } from "../syntax/secret-field.ts";
import type { SecretShape } from "../syntax/secret-shape.ts";
import { secretShapes } from "../syntax/secret-shapes.ts";
import { rewriteText } from "./body-readings.ts";
import { isTelling } from "./is-telling.ts";
import { maskShapes } from "./mask-shapes.ts";

/** Fields that hold a URL, or a part of one. */
const withUrl = /^(?:location|content-location|link|refresh|referer)$/i;
/** What a server asks for is named as what a client would bring. */
const challenge = /^(?:www|proxy)-authenticate$/i;
const ofChallenge = secretShapes.filter(({ id }) => id !== "scheme");
/** A code by which a client gets a token, where it is all that a redirect's query says. */
const loneCode = /^([^?#]*\?code=)([^&#]+)(?=#|$)/;

/** Gives what stands for a secret. `shape` and `kept`: what shows that it is one; `isAnswer`: on whose side. */
export type TokenOf = (secret: string, shape: SecretShape, kept: string, isAnswer: boolean) => string;

/** What `RecordMask` needs to know of its exchange. */
export interface MaskedExchange {
  /** 0 = no answer. */
  readonly status: number;
  readonly tokenOf: TokenOf;
  /** For a value that its field alone shows to be a secret, or its place in a redirect. */
  readonly fieldToken: (value: string) => string;
}

/** Masks one exchange: the secrets that are known, and whatever else looks like one. */
export class RecordMask implements EntryMask {
  private readonly known: ExchangeMask;
  private readonly exchange: MaskedExchange;

  constructor(known: ExchangeMask, exchange: MaskedExchange) {
    this.known = known;
    this.exchange = exchange;
  }

  text(text: string): string {
    return maskShapes(this.known.text(text), this.tokens(true, false));
  }

  url(url: string): string {
    return maskShapes(this.known.url(url), this.tokens(false, true));
  }

  requestLine(line: HeaderLine): HeaderLine {
    return this.withoutShapes(this.known.requestLine(line), false);
  }

  responseLine(line: HeaderLine): HeaderLine {
    const [name, value] = this.known.responseLine(line);
    const isOwnSecret = name.toLowerCase() !== "set-cookie" && isSecretField(name, []) && value === line[1];
    if (isOwnSecret && value !== "" && !isBareScheme(value) && !/^\d{1,6}$/.test(value)) return [name, this.exchange.fieldToken(value)];
    return this.withoutShapes([name, this.withoutCode(name, value)], true);
  }

  requestBody(body: Uint8Array): Buffer | undefined {
    return this.clean(body, this.known.requestBody(body), false);
  }

  /** A leak in an error must stay one to be told: what stands for it there looks like a secret, and is none. */
  body(body: Uint8Array, isCut: boolean): Buffer | undefined {
    return this.clean(body, this.known.body(body, isCut), true);
  }

  private clean(body: Uint8Array, masked: Buffer, isAnswer: boolean): Buffer | undefined {
    const isTold = isAnswer && this.exchange.status >= 400;
    const clean = rewriteText(masked, (text) => maskShapes(text, this.tokens(isAnswer, false), { isTold }));
    return clean !== masked && isJson(Buffer.from(body)) && !isJson(clean) ? undefined : clean;
  }

  /** Any field may hold a URL with a key in it, or a scheme and a token. */
  private withoutShapes([name, value]: HeaderLine, isAnswer: boolean): HeaderLine {
    const isUrl = withUrl.test(name) || value.includes("://");
    return [name, maskShapes(value, this.tokens(isAnswer, isUrl), challenge.test(name) ? { shapes: ofChallenge } : {})];
  }

  private withoutCode(name: string, value: string): string {
    if (!/^location$/i.test(name) || this.exchange.status < 300 || this.exchange.status > 399) return value;
    return value.replace(loneCode, (match, before: string, code: string) =>
      isTelling(code) && !/^(?:<|%3c)/i.test(code) ? before + encodeURIComponent(this.exchange.fieldToken(code)) : match,
    );
  }

  private tokens(isAnswer: boolean, isUrl: boolean): (secret: string, shape: SecretShape, kept: string) => string {
    const { tokenOf } = this.exchange;
    return (secret, shape, kept) => {
      const token = tokenOf(secret, shape, kept, isAnswer);
      return isUrl ? encodeURIComponent(token) : token;
    };
  }
}
