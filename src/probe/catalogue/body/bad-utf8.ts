import type { Probe } from "../../probe.ts";
import { askWith, needsBody } from "./ask-with.ts";

export const badUtf8: Probe = {
  id: "body/bad-utf8",
  summary: "bytes that are no UTF-8, where a value belongs",
  needs: needsBody,
  *ask(asking) {
    // Whoever takes the byte for an unknown character finds no JSON value there either.
    const content = new Uint8Array([...new TextEncoder().encode('{"envelint":'), 0xff, 0x7d]);
    yield* askWith(asking, () => [{ purpose: "bytes that are no UTF-8", body: { content, mediaType: "application/json" } }]);
  },
};
