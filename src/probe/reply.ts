import type { Reply } from "./ask.ts";
import type { Received } from "./wire/wire.ts";

/** What a probe sees of an answer. */
export function readReply({ status, headers, body, startedAt, connect, wait, receive }: Received): Reply {
  let text: string | undefined;
  const read = () => {
    text ??= Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
    return text;
  };
  return {
    status,
    header: (name) => {
      const values = headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
      return values.length === 0 ? undefined : values.join(", ");
    },
    get text() {
      return read();
    },
    json() {
      try {
        return JSON.parse(read()) as unknown;
      } catch {
        return undefined;
      }
    },
    startedAt,
    endedAt: startedAt + connect + wait + receive,
  };
}
