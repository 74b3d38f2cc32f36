import { hash } from "node:crypto";

/** Of a longer text only the beginning is kept, and a digest. */
const longest = 200;
const beginning = 64;

/** What stands for a captured text in what is kept of it: the text itself, or its beginning and a digest. Equal for equal texts only. */
export function shortened(text: string, limit = longest): string {
  return text.length <= limit ? text : `${detached(text.slice(0, beginning))}…${hash("sha256", text, "base64url")}`;
}

/** The same, in memory of its own: a part of a string otherwise keeps the whole of it alive. */
export function keepable(text: string, limit = longest): string {
  return text.length <= limit ? detached(text) : shortened(text, limit);
}

/** By way of bytes, so that no part of the old string is shared. UTF-16, which any string is, well formed or not. */
function detached(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
