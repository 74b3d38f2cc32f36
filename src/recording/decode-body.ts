import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";

/** A body out of its Content-Encoding. */
export interface DecodedBody {
  readonly body: Buffer;
  /** It is longer than what was decoded. */
  readonly isCut: boolean;
  /** A coding is left that is not known, or was broken. */
  readonly isCoded: boolean;
  readonly failure: string | undefined;
}

/** Undoes the codings of a Content-Encoding field, the last first; what it does not know stays as it is. No more than `limit` bytes come of it. */
export async function decodeBody(coded: Buffer, contentEncoding: string, wasCut: boolean, limit: number): Promise<DecodedBody> {
  let so: DecodedBody = { body: coded, isCut: wasCut, isCoded: false, failure: undefined };
  const codings = contentEncoding.split(",").map((coding) => coding.trim().toLowerCase());
  for (const coding of codings.reverse()) {
    if (so.body.length === 0 || coding === "" || coding === "identity") continue;
    const decoder = createDecoder(coding, so.body);
    if (decoder === undefined) return { ...so, isCoded: true };
    so = await decode(so, coding, decoder, limit);
    if (so.failure !== undefined) return so;
  }
  return so;
}

function createDecoder(coding: string, bytes: Buffer): Transform | undefined {
  if (coding === "gzip" || coding === "x-gzip") return createGunzip();
  if (coding === "br") return createBrotliDecompress();
  // Some servers send it without the zlib header that RFC 9110 asks for.
  if (coding === "deflate") return ((bytes[0] as number) & 15) === 8 ? createInflate() : createInflateRaw();
  return undefined;
}

function decode(coded: DecodedBody, coding: string, decoder: Transform, limit: number): Promise<DecodedBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const end = (isCut: boolean, failure?: string) => {
      decoder.destroy();
      const body = failure !== undefined && length === 0 ? coded.body : Buffer.concat(chunks).subarray(0, limit);
      resolve({ body, isCut, isCoded: failure !== undefined, failure });
    };
    decoder.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) end(true);
    });
    decoder.on("end", () => end(coded.isCut));
    decoder.on("error", (error) => {
      if (/unexpected end/.test(error.message)) return coded.isCut ? end(true) : end(false, `the body ends within its ${coding}`);
      end(coded.isCut, `the body is not the ${coding} that its Content-Encoding says`);
    });
    decoder.end(coded.body);
  });
}
