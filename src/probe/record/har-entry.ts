import type { Json, JsonObject } from "../../model/json.ts";
import type { ExchangeMask } from "../../recording/exchange-mask.ts";
import { harEntry } from "../../recording/har-entry.ts";
import type { HeaderLine } from "../../recording/header-line.ts";
import type { Ask } from "../ask.ts";
import type { Received, Sending } from "../wire/wire.ts";

/** What was asked, sent and received: one entry of a recording. */
export interface Recorded {
  /** Its id. */
  readonly probe: string;
  readonly ask: Ask;
  readonly sending: Sending;
  readonly received: Received;
}

/** Methods whose requests say that they have no content (RFC 9110, 8.6). */
const announcing = /^(?:POST|PUT|PATCH|QUERY|PROPFIND|PROPPATCH)$/;

/** What a probe asked as an entry of HAR 1.2, with nothing in it that the mask hides. */
export function probeEntry({ probe, ask, sending, received }: Recorded, mask: ExchangeMask): JsonObject {
  const { method, url, headers, body } = sending;
  const bodySize = body?.length ?? 0;
  const lines: readonly HeaderLine[] = [
    ["Host", new URL(url).host],
    ...headers.map((line) => mask.requestLine(line)),
    ...(bodySize > 0 || announcing.test(method) ? [["Content-Length", String(bodySize)] as const] : []),
  ];
  const sent = { method, url, httpVersion: "HTTP/1.1", headers: lines, body, bodySize };
  return harEntry(sent, received, mask, { _probe: markOf(probe, ask, mask) });
}

function markOf(probe: string, { level, aims, target, group, pair, purpose }: Ask, mask: ExchangeMask): JsonObject {
  return {
    probe,
    level,
    live: true,
    ...(aims !== undefined && { aims: [...aims] }),
    ...(target !== undefined && { target: { ...target } as Json }),
    ...(group !== undefined && { group: mask.text(group) }),
    ...(pair !== undefined && { pair }),
    purpose: mask.text(purpose),
  };
}
