import type { RawValue } from "./entry-parts.ts";

/** Looks for words in the raw bytes of a JSON string, without decoding it. */
export class RawMention {
  /** True where the raw bytes may stand for other text: escapes, a compressed stream, chunks of one. */
  private opaque: boolean | undefined;

  /** False: the decoded text surely does not contain the word. */
  mayMention(raw: RawValue, word: string): boolean {
    const bytes = raw.bytes.subarray(raw.start + 1, raw.end - 1);
    this.opaque ??= bytes.includes("\\u") || startsChunks(bytes) || bytes[0] === 0x1f;
    return this.opaque || bytes.includes(word) || (word.includes("/") && bytes.includes("\\/"));
  }
}

/** A JSON list that begins with a string: maybe Polly.JS chunks. */
function startsChunks(bytes: Buffer): boolean {
  return bytes[0] === 91 && bytes[1] === 92 && bytes[2] === 34;
}
