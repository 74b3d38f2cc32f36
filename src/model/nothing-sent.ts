import type { Body, Headers } from "./exchange.ts";

/** Of a message without any header field. */
export const noHeaders: Headers = { get: () => undefined, all: () => [], lines: () => [] };

/** Of a message without a body: not one that is not known. */
export const noBody: Body = {
  state: "empty",
  truncated: false,
  mediaType: undefined,
  text: () => "",
  json: () => ({ ok: false, reason: "there is no body" }),
  head: () => "",
  mayMention: () => false,
  mayBeginWith: () => false,
};
