import { hostHint, internalHosts } from "../../syntax/disclosure/internal-hosts.ts";
import { remembered } from "../../syntax/remembered.ts";
import type { RequestWords } from "./request-words.ts";

/** An address or a name of the server's own network. */
export interface InternalHost {
  readonly id: string;
  readonly what: string;
  readonly text: string;
}

/** What documentation says before an example. */
const exampleAhead = /(?:\be\.g\.|\bi\.e\.|\bexamples?:?|\bsuch as|\blike)\s{0,3}["'`]?$/i;

/** The first internal address in a text that the request did not name itself, and that is no example. */
export function findInternalHost(text: string, request: RequestWords): InternalHost | undefined {
  if (!mayNameHost(text)) return undefined;
  for (const { id, what, pattern } of internalHosts)
    for (const match of text.matchAll(pattern)) {
      const isExample = exampleAhead.test(text.slice(Math.max(0, match.index - 20), match.index));
      if (!isExample && !request.says(match[0])) return { id, what, text: match[0] };
    }
  return undefined;
}

const mayNameHost = remembered((text) => hostHint.test(text) && internalHosts.some(({ pattern }) => text.search(pattern) >= 0));
