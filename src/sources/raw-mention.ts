import { lastBoundary } from "./compact-copy.ts";
import type { RawValue } from "./entry-parts.ts";
import { decodeString } from "./json-bytes.ts";

const needles = new Map<string, Buffer>();

/** A word's bytes: encoding it anew for every body would cost more than the search. */
function needleOf(word: string): Buffer {
  let needle = needles.get(word);
  if (needle === undefined) {
    if (needles.size > 1000) needles.clear();
    needle = Buffer.from(word);
    needles.set(word, needle);
  }
  return needle;
}

/** Looks for words in the raw bytes of a JSON string, without decoding it. */
export class RawMention {
  /** True where the raw bytes may stand for other text: escapes (a compressed stream begins with one), or chunks of a stream. */
  private opaque: boolean | undefined;

  /** False: the decoded text surely does not contain the word. */
  mayMention(raw: RawValue, word: string): boolean {
    const bytes = raw.bytes.subarray(raw.start + 1, raw.end - 1);
    this.opaque ??= bytes.includes("\\u") || startsChunks(bytes);
    return this.opaque || bytes.includes(needleOf(word)) || (word.includes("/") && bytes.includes("\\/"));
  }
}

/** May the JSON string's text be an object whose first member has one of these names? Escapes other than of white space and quotes leave it open. */
export function mayBeginRaw({ bytes, start, end }: RawValue, members: ReadonlySet<string>): boolean {
  const open = skipBlank(bytes, start + 1, end);
  if (bytes[open] !== brace) return bytes[open] === bracket || bytes[open] === backslash || open >= end - 1;
  const name = skipBlank(bytes, open + 1, end);
  // No other member may begin, unless it is escaped.
  if (bytes[name] !== backslash) return name >= end - 1;
  if (bytes[name + 1] !== quote) return true;
  const after = bytes.indexOf(backslash, name + 2);
  if (after < 0 || bytes[after + 1] !== quote) return true;
  for (const member of members) if (isAt(bytes, name + 2, after, needleOf(member))) return true;
  return false;
}

const [quote, bracket, backslash, brace] = [0x22, 0x5b, 0x5c, 0x7b];

/** Past white space as JSON writes it in a string. */
function skipBlank(bytes: Buffer, from: number, end: number): number {
  let i = from;
  while (i < end) {
    if (bytes[i] === 0x20) i++;
    else if (bytes[i] === backslash && (bytes[i + 1] === 0x6e || bytes[i + 1] === 0x72 || bytes[i + 1] === 0x74)) i += 2;
    else break;
  }
  return i;
}

function isAt(bytes: Buffer, from: number, to: number, needle: Buffer): boolean {
  if (to - from !== needle.length) return false;
  for (let i = 0; i < needle.length; i++) if (bytes[from + i] !== needle[i]) return false;
  return true;
}

/** Bytes that a character takes at the most: an escape of UTF-16. */
const longestCharacter = 6;

/** The first characters of a JSON string; undefined where its bytes may stand for other text. */
export function readHead({ bytes, start, end }: RawValue, length: number): string | undefined {
  const from = start + 1;
  if (startsChunks(bytes.subarray(from, end)) || (bytes[from] === backslash && bytes[from + 1] === 0x75)) return undefined;
  const whole = from + longestCharacter * length >= end - 1;
  const to = whole ? end - 1 : lastBoundary(bytes, from, from + longestCharacter * length);
  return decodeString(bytes, start, to + 1).slice(0, length);
}

/** A JSON list that begins with a string: maybe Polly.JS chunks. */
function startsChunks(bytes: Buffer): boolean {
  return bytes[0] === 91 && bytes[1] === 92 && bytes[2] === 34;
}
