import { hash } from "node:crypto";
import { detached } from "../syntax/detached.ts";
import { remembered } from "../syntax/remembered.ts";

/** Of a longer text only the beginning is kept, and a digest. */
const longest = 200;
const beginning = 64;

/** What stands for a captured text in what is kept of it: the text itself, or its beginning and a digest. Equal for equal texts only. */
export function shortened(text: string, limit = longest): string {
  return text.length <= limit ? text : `${detached(text.slice(0, beginning))}…${hash("sha256", text, "base64url")}`;
}

/** The same, in memory of its own, which equal texts share: a part of a string otherwise keeps the whole of it alive. */
export function keepable(text: string, limit = longest): string {
  return text.length <= limit ? shared(text) : shortened(text, limit);
}

const shared = remembered(detached);
