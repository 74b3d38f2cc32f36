import type { Body, Headers, ParsedJson } from "../model/exchange.ts";
import { mayBeginWithMember } from "../syntax/first-member.ts";
import { type DecodedText, unwrapText } from "./content-coding.ts";
import { F } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";
import { parseJson } from "./json-text.ts";
import { numberOf } from "./odd-value.ts";
import { mayBeginRaw, RawMention, readHead } from "./raw-mention.ts";

/** What a response body must know of its exchange. */
export interface ResponseFacts {
  readonly method: string;
  readonly status: number;
  readonly headers: Headers;
  /** Told once for each body that is said to be base64, but is not. */
  readonly onOddBase64: () => void;
}

/** HAR `response.content`. */
export class ResponseBody implements Body {
  private readonly parts: EntryParts;
  private readonly facts: ResponseFacts;
  private mention: RawMention | undefined;
  private known: Body["state"] | undefined;
  private decoded: DecodedText | undefined;
  private parsed: ParsedJson | undefined;
  private short: boolean | undefined;
  private media: { readonly type: string | undefined } | undefined;

  constructor(parts: EntryParts, facts: ResponseFacts) {
    this.parts = parts;
    this.facts = facts;
  }

  get state(): Body["state"] {
    this.known ??= this.findState();
    return this.known;
  }

  get mediaType(): string | undefined {
    this.media ??= { type: this.parts.text(F.contentMimeType) || undefined };
    return this.media.type;
  }

  get truncated(): boolean {
    this.short ??=
      this.state === "present" && (this.parts.cut.has(F.contentText) || this.isSaidShort() || this.decode().cut || this.isShort());
    return this.short;
  }

  text(): string {
    return this.state === "present" ? this.decode().text : "";
  }

  json(): ParsedJson {
    this.parsed ??= parseJson(this.text());
    return this.parsed;
  }

  head(length: number): string {
    if (this.state !== "present") return "";
    const raw = this.parts.raw(F.contentText);
    const plain = this.decoded === undefined && raw !== undefined && !this.parts.isText(F.contentEncoding);
    return (plain ? readHead(raw, length) : undefined) ?? this.decode().text.slice(0, length);
  }

  mayMention(word: string): boolean {
    if (this.state !== "present") return false;
    if (this.decoded !== undefined) return this.decoded.text.includes(word);
    const raw = this.parts.raw(F.contentText);
    if (raw === undefined || this.parts.isText(F.contentEncoding)) return this.decode().text.includes(word);
    this.mention ??= new RawMention();
    return this.mention.mayMention(raw, word);
  }

  mayBeginWith(members: ReadonlySet<string>): boolean {
    if (this.state !== "present") return false;
    const raw = this.decoded === undefined && !this.parts.isText(F.contentEncoding) ? this.parts.raw(F.contentText) : undefined;
    return raw === undefined ? mayBeginWithMember(this.decode().text, members) : mayBeginRaw(raw, members);
  }

  private findState(): Body["state"] {
    if (this.hasText()) return "present";
    const { method, status, headers } = this.facts;
    if (method === "HEAD" || status === 204 || status === 304 || (status >= 100 && status < 200)) return "empty";
    if (this.parts.value(F.contentFile) !== undefined) return "not-captured";
    const size = this.parts.value(F.contentSize);
    const isText = this.parts.isText(F.contentText);
    if (isText ? numberOf(size) > 0 : size !== 0) return "not-captured";
    // Chrome writes size 0 where it was not allowed to see a body.
    if (numberOf(this.parts.value(F.responseBodySize)) > 0 || Number(headers.get("content-length")) > 0) return "not-captured";
    return "empty";
  }

  private hasText(): boolean {
    const raw = this.parts.raw(F.contentText);
    if (raw !== undefined) return raw.bytes[raw.start] === 34 && raw.end - raw.start > 2;
    return (this.parts.text(F.contentText) ?? "") !== "";
  }

  private decode(): DecodedText {
    if (this.decoded === undefined) {
      this.decoded = unwrapText(this.parts.text(F.contentText) ?? "", {
        encoding: this.parts.text(F.contentEncoding),
        contentEncoding: this.facts.headers.get("content-encoding"),
        mediaType: this.mediaType,
      });
      if (this.decoded.notBase64) this.facts.onOddBase64();
    }
    return this.decoded;
  }

  /** A recording of our own probes tells it. */
  private isSaidShort(): boolean {
    return this.parts.value(F.contentTruncated) === true;
  }

  /** Fewer bytes than the capture counted, and nothing else that explains it. */
  private isShort(): boolean {
    const size = this.parts.value(F.contentSize);
    const text = this.text();
    if (typeof size !== "number" || Buffer.byteLength(text) >= size) return false;
    if (this.parts.isText(F.contentEncoding)) return false;
    if (numberOf(this.parts.value(F.contentCompression)) > 0 || this.facts.headers.get("content-encoding") !== undefined) return false;
    if (/charset\s*=\s*"?utf-?(?:16|32)/i.test(this.mediaType ?? "")) return false;
    return !this.json().ok;
  }
}
