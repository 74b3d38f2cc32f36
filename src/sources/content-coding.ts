import { isUtf8 } from "node:buffer";
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from "node:zlib";

/** Text as it came, or taken out of what a capture tool wrapped it in. */
export interface DecodedText {
  readonly text: string;
  /** Only the beginning was decompressed. */
  readonly cut: boolean;
  /** Said to be base64, but is not. */
  readonly notBase64: boolean;
}

/** Bytes decompressed at most, for one body. */
const longest = 8 << 20;

/** How the capture describes a body's text. */
export interface Wrapping {
  /** HAR `encoding`. */
  readonly encoding: string | undefined;
  /** The Content-Encoding field. */
  readonly contentEncoding: string | undefined;
  readonly mediaType: string | undefined;
}

/** Takes a body's text out of base64, compression and Polly.JS chunks. */
export function unwrapText(text: string, { encoding, contentEncoding, mediaType }: Wrapping, saidBase64 = false): DecodedText {
  if (encoding?.toLowerCase() === "base64") {
    const bytes = decodeBase64(text);
    if (bytes === undefined) return unwrapText(text, { encoding: undefined, contentEncoding, mediaType }, true);
    const inflated = inflate(bytes, contentEncoding);
    return { text: decodeBytes(inflated?.bytes ?? bytes, mediaType), cut: inflated?.cut ?? false, notBase64: false };
  }
  const packed = text.startsWith("\u001f\u008b") ? latin1Bytes(text) : joinChunks(text);
  const inflated = packed === undefined ? undefined : inflate(packed, contentEncoding);
  if (inflated === undefined) return { text, cut: false, notBase64: saidBase64 };
  return { text: decodeBytes(inflated.bytes, mediaType), cut: inflated.cut, notBase64: false };
}

/** The bytes of base64 text, plain or URL-safe; undefined where it is something else. */
export function decodeBase64(text: string): Buffer | undefined {
  const plain = /\s/.test(text) ? text.replace(/\s+/g, "") : text;
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(plain)) return undefined;
  return plain.replace(/=+$/, "").length % 4 === 1 ? undefined : Buffer.from(plain, "base64");
}

function latin1Bytes(text: string): Buffer | undefined {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return undefined;
  return Buffer.from(text, "latin1");
}

/** Polly.JS keeps a compressed body as a JSON list of base64 or hexadecimal chunks. */
function joinChunks(text: string): Buffer | undefined {
  if (!text.startsWith('["')) return undefined;
  let chunks: unknown;
  try {
    chunks = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(chunks) || !chunks.every((chunk) => typeof chunk === "string")) return undefined;
  const strings = chunks as string[];
  if (strings.every((chunk) => chunk.length % 2 === 0 && /^[0-9a-fA-F]+$/.test(chunk))) return Buffer.from(strings.join(""), "hex");
  const parts = strings.map(decodeBase64);
  return parts.includes(undefined) ? undefined : Buffer.concat(parts as Buffer[]);
}

/** The content of a gzip, brotli or zlib stream; undefined where the bytes are none. */
function inflate(bytes: Buffer, contentEncoding: string | undefined): { bytes: Buffer; cut: boolean } | undefined {
  const flushed = { finishFlush: constants.Z_SYNC_FLUSH };
  if (bytes.length >= 3 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8)
    return inflateBounded(bytes, (part, bound) => gunzipSync(part, { ...bound, ...flushed }));
  const coding = contentEncoding?.toLowerCase() ?? "";
  if (isUtf8(bytes) && !coding.includes("br")) return undefined;
  if (coding.includes("br"))
    return inflateBounded(bytes, (part, bound) =>
      brotliDecompressSync(part, {
        ...bound,
        finishFlush: part === bytes ? constants.BROTLI_OPERATION_FINISH : constants.BROTLI_OPERATION_FLUSH,
      }),
    );
  if (coding.includes("deflate")) return inflateBounded(bytes, (part, bound) => inflateSync(part, { ...bound, ...flushed }));
  return undefined;
}

/** Of a stream that is too large, this many bytes are tried: of deflate, where a byte becomes at most 1,032, they make less than 1 MiB. */
const beginning = 1000;

/** Decompresses a body. One that grows too large costs one more, small try, and has no text where that is too large as well. */
function inflateBounded(
  bytes: Buffer,
  decompress: (part: Buffer, bound: { readonly maxOutputLength: number }) => Buffer,
): { bytes: Buffer; cut: boolean } | undefined {
  try {
    return { bytes: decompress(bytes, { maxOutputLength: longest }), cut: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") return undefined;
  }
  try {
    return { bytes: decompress(bytes.subarray(0, beginning), { maxOutputLength: longest >> 3 }), cut: true };
  } catch {
    return { bytes: Buffer.alloc(0), cut: true };
  }
}

function decodeBytes(bytes: Buffer, mediaType: string | undefined): string {
  const charset = /;\s*charset\s*=\s*"?([\w:.-]+)/i.exec(mediaType ?? "")?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      // An unknown charset: UTF-8 is the likeliest.
    }
  }
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.toString("utf8", 3) : bytes.toString("utf8");
}
