import { Gate } from "./gate.ts";
import { Lane } from "./lane.ts";
import type { Received, Wire, WireOptions } from "./wire.ts";

/**
 * A way to one origin: one warm connection, and one more for each request that is sent while all others are busy.
 * Requests that are sent in the same turn go out together, once each has its connection.
 */
export function openWire(options: WireOptions): Wire {
  const idle: Lane[] = [];
  const busy = new Set<Lane>();
  let isClosed = false;
  let gate: Gate | undefined;
  /** That of all that is sent in this turn. */
  const gateOfNow = () => {
    if (gate !== undefined) return gate;
    const own = new Gate();
    gate = own;
    queueMicrotask(() => {
      gate = undefined;
      own.seal();
    });
    return own;
  };
  return {
    async send(sending, signal) {
      const path = pathWithin(options.origin, sending.url);
      if (isClosed) return unsent("the connection is closed", options);
      if (path === undefined) return unsent(`it is not for ${options.origin}`, options);
      // The last used is the warmest.
      const lane = idle.pop() ?? new Lane(options);
      busy.add(lane);
      try {
        return await lane.send(sending, path, gateOfNow(), signal);
      } finally {
        busy.delete(lane);
        if (isClosed) lane.destroy("");
        else if (!lane.isDestroyed) idle.push(lane);
      }
    },
    async close() {
      isClosed = true;
      for (const lane of [...idle, ...busy]) lane.destroy("the connection was closed before the answer had come");
      idle.length = 0;
    },
  };
}

/** Path and query of a URL as they are written; undefined where it is of another origin. */
function pathWithin(origin: string, url: string): string | undefined {
  const [, server = "", rest = ""] = /^(https?:\/\/[^/?#@\\]+)([/?#].*)?$/is.exec(url) ?? [];
  if (!URL.canParse(server) || new URL(server).origin !== origin) return undefined;
  const [path = ""] = rest.split("#", 1);
  return path.startsWith("/") ? path : `/${path}`;
}

function unsent(failure: string, { now = Date.now }: WireOptions): Received {
  return {
    status: 0,
    reason: "",
    httpVersion: "HTTP/1.1",
    headers: [],
    body: new Uint8Array(),
    isCut: false,
    failure,
    startedAt: now(),
    connect: 0,
    wait: 0,
    receive: 0,
    isNewConnection: false,
  };
}
