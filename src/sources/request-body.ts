import type { Body, Headers, ParsedJson } from "../model/exchange.ts";
import { mayBeginWithMember } from "../syntax/first-member.ts";
import { decodeBase64 } from "./content-coding.ts";
import { F } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";
import { parseJson } from "./json-text.ts";
import { numberOf, textOf } from "./odd-value.ts";
import { RawMention } from "./raw-mention.ts";

/** Methods that define what an enclosed body means (RFC 9110, 8.6, 9.3; RFC 5789). */
const enclosing: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

/** HAR `request.postData`. */
export class RequestBody implements Body {
  private readonly parts: EntryParts;
  private readonly headers: Headers;
  private mention: RawMention | undefined;
  private known: Body["state"] | undefined;
  private decoded: string | undefined;
  private parsed: ParsedJson | undefined;
  private media: { readonly type: string | undefined } | undefined;

  constructor(parts: EntryParts, headers: Headers) {
    this.parts = parts;
    this.headers = headers;
  }

  get state(): Body["state"] {
    this.known ??= this.findState();
    return this.known;
  }

  get mediaType(): string | undefined {
    this.media ??= { type: this.parts.text(F.postMimeType) || undefined };
    return this.media.type;
  }

  get truncated(): boolean {
    return this.parts.cut.has(F.postText);
  }

  text(): string {
    if (this.state !== "present") return "";
    this.decoded ??= this.decode();
    return this.decoded;
  }

  json(): ParsedJson {
    this.parsed ??= parseJson(this.text());
    return this.parsed;
  }

  head(length: number): string {
    return this.text().slice(0, length);
  }

  mayMention(word: string): boolean {
    if (this.state !== "present") return false;
    const raw = this.decoded === undefined && !this.parts.isText(F.postEncoding) ? this.parts.raw(F.postText) : undefined;
    if (raw !== undefined && raw.end - raw.start > 2) {
      this.mention ??= new RawMention();
      return this.mention.mayMention(raw, word);
    }
    return this.text().includes(word);
  }

  mayBeginWith(members: ReadonlySet<string>): boolean {
    return this.state === "present" && mayBeginWithMember(this.text(), members);
  }

  private findState(): Body["state"] {
    if (this.hasText() || this.params().length > 0) return "present";
    const length = this.headers.get("content-length");
    const coded = this.headers.get("transfer-encoding") !== undefined;
    const size = numberOf(this.parts.value(F.requestBodySize));
    if (coded || Number(length) > 0 || size > 0) return "not-captured";
    // A text of "" and a Content-Length of 0 are known to be nothing; a Content-Type alone announces something.
    if (this.parts.isText(F.postText) || length !== undefined) return "empty";
    if (this.headers.get("content-type") !== undefined) return "not-captured";
    // -1 stands for a size that is not known.
    return size < 0 && enclosing.has((this.parts.text(F.method) ?? "").toUpperCase()) ? "not-captured" : "empty";
  }

  private hasText(): boolean {
    const raw = this.parts.raw(F.postText);
    if (raw !== undefined) return raw.bytes[raw.start] === 34 && raw.end - raw.start > 2;
    return (this.parts.text(F.postText) ?? "") !== "";
  }

  private decode(): string {
    const text = this.parts.text(F.postText) ?? "";
    if (text === "") return joinForm(this.params());
    if (this.parts.text(F.postEncoding)?.toLowerCase() !== "base64") return text;
    return decodeBase64(text)?.toString("utf8") ?? text;
  }

  private params(): readonly unknown[] {
    const params = this.parts.value(F.postParams);
    return Array.isArray(params) ? params : [];
  }
}

/** Parameters as the form that was sent. */
function joinForm(params: readonly unknown[]): string {
  const form = new URLSearchParams();
  for (const param of params) {
    if (typeof param !== "object" || param === null) continue;
    const { name, value } = param as { name?: unknown; value?: unknown };
    if (typeof name === "string") form.append(name, textOf(value));
  }
  return form.toString();
}
