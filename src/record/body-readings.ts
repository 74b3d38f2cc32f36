import { isUtf8 } from "node:buffer";

/**
 * Rewrites the text of a body, whatever its encoding, and leaves every byte of the rest as it is: in UTF-8, else byte by byte (Latin-1); and where
 * there are zeros also in UTF-16, from each of the first two bytes on. So what is ASCII is read in either byte order, with a mark or without, and
 * whatever a Content-Type says of it.
 */
export function rewriteText(body: Buffer, rewrite: (text: string) => string): Buffer {
  const encoding = isUtf8(body) ? "utf8" : "latin1";
  const clean = rewritePart(body, encoding, rewrite);
  if (!clean.includes(0)) return clean;
  const first = rewritePart(clean, "utf16le", rewrite);
  return Buffer.concat([first.subarray(0, 1), rewritePart(first.subarray(1), "utf16le", rewrite)]);
}

function rewritePart(bytes: Buffer, encoding: "utf8" | "latin1" | "utf16le", rewrite: (text: string) => string): Buffer {
  const before = bytes.toString(encoding);
  const after = rewrite(before);
  if (after === before) return bytes;
  // A last byte without its second is no part of the text.
  return Buffer.concat([Buffer.from(after, encoding), bytes.subarray(encoding === "utf16le" ? bytes.length & ~1 : bytes.length)]);
}
