import { isUtf8 } from "node:buffer";
import { type ExchangeMask, isJson } from "../recording/exchange-mask.ts";
import type { EntryMask } from "../recording/har-entry.ts";
import type { HeaderLine } from "../recording/header-line.ts";
import { maskShapes } from "./mask-shapes.ts";

/** Response fields that hold a URL. */
const withUrl = /^(?:location|content-location|link|refresh|referer)$/i;

/** Masks one exchange: the secrets that are known, and whatever else looks like one. */
export class RecordMask implements EntryMask {
  private readonly known: ExchangeMask;
  private readonly isError: boolean;
  private readonly tokenOf: (secret: string) => string;

  constructor(known: ExchangeMask, isError: boolean, tokenOf: (secret: string) => string) {
    this.known = known;
    this.isError = isError;
    this.tokenOf = tokenOf;
  }

  text(text: string): string {
    return maskShapes(this.known.text(text), false, this.tokenOf);
  }

  url(url: string): string {
    return maskShapes(this.known.url(url), false, (secret) => encodeURIComponent(this.tokenOf(secret)));
  }

  requestLine(line: HeaderLine): HeaderLine {
    return this.withCleanUrl(this.known.requestLine(line));
  }

  responseLine(line: HeaderLine): HeaderLine {
    return this.withCleanUrl(this.known.responseLine(line));
  }

  requestBody(body: Uint8Array): Buffer | undefined {
    return this.clean(body, this.known.requestBody(body), false);
  }

  /** A leak in an error must stay one to be told: what stands for it there looks like a secret, and is none. */
  body(body: Uint8Array, isCut: boolean): Buffer | undefined {
    return this.clean(body, this.known.body(body, isCut), this.isError);
  }

  private clean(body: Uint8Array, masked: Buffer, isTold: boolean): Buffer | undefined {
    if (!isUtf8(masked)) return masked;
    const before = masked.toString();
    const after = maskShapes(before, isTold, this.tokenOf);
    if (after === before) return masked;
    const clean = Buffer.from(after);
    return isJson(Buffer.from(body)) && !isJson(clean) ? undefined : clean;
  }

  private withCleanUrl([name, value]: HeaderLine): HeaderLine {
    return withUrl.test(name) ? [name, maskShapes(value, false, (secret) => encodeURIComponent(this.tokenOf(secret)))] : [name, value];
  }
}
