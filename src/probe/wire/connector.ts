import type { Socket } from "node:net";
import { buildConnector, Client } from "undici";
import { describeConnectError } from "../../recording/connect-error.ts";
import { ConnectFailure } from "./describe-failure.ts";
import type { WireOptions } from "./wire.ts";

/** Opens the connections of one lane. */
export interface Connector {
  readonly connect: buildConnector.connector;
  /** Gives up a connection that is being made. */
  cancel(): void;
}

/** What a lane does with its connections. */
export interface Connecting {
  /** Sees each before its first byte; it is used once this is done. */
  onSocket(socket: Socket): Promise<void>;
  onFailure(): void;
}

/** Connections to the origin, through TLS and a proxy where that is wanted. */
export function createConnector(options: WireOptions, { onSocket, onFailure }: Connecting): Connector {
  const { ca, cert, key, insecure, proxy, timeout } = options;
  const trust = { timeout, ...(ca !== undefined && { ca }), ...(insecure && { rejectUnauthorized: false }) };
  const direct = buildConnector({ ...trust, ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) });
  const abort = new AbortController();
  let making: Socket | undefined;
  return {
    connect(to, callback) {
      const done: buildConnector.Callback = (error, socket) => {
        making = undefined;
        // An error of undici's own would make its client try again.
        if (error === null) {
          void onSocket(socket).then(() => callback(null, socket));
          return;
        }
        onFailure();
        callback(error instanceof ConnectFailure ? error : new ConnectFailure(describeConnectError(error, to.hostname)), null);
      };
      const dial = (httpSocket?: Socket) => {
        // It returns the socket, which its type does not tell.
        making = direct({ ...to, ...(httpSocket && { httpSocket }) }, done) as unknown as Socket | undefined;
      };
      if (proxy === undefined) dial();
      else
        openTunnel(proxy, to, { ...trust, signal: abort.signal }).then(
          (socket) => (to.protocol === "https:" ? dial(socket) : done(null, socket)),
          (error: unknown) => done(error instanceof ConnectFailure ? error : new ConnectFailure(describeProxyError(error, proxy)), null),
        );
    },
    cancel() {
      abort.abort();
      making?.destroy();
    },
  };
}

/** A connection through an HTTP proxy (RFC 9110, 9.3.6). */
async function openTunnel(
  proxy: string,
  to: buildConnector.Options,
  { signal, ...trust }: { readonly signal: AbortSignal; readonly timeout: number },
): Promise<Socket> {
  const { origin, username, password } = new URL(proxy);
  const host = `${to.hostname.includes(":") ? `[${to.hostname}]` : to.hostname}:${to.port || (to.protocol === "https:" ? 443 : 80)}`;
  const user = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  const client = new Client(origin, { connect: trust });
  try {
    const { statusCode, socket } = await client.connect({
      path: host,
      headers: { host, ...(username !== "" && { "proxy-authorization": `Basic ${user}` }) },
      signal,
    });
    if (statusCode === 200) return socket as Socket;
    socket.on("error", () => undefined).destroy();
    throw new ConnectFailure(`the proxy answered ${statusCode} to CONNECT`);
  } finally {
    client.destroy().catch(() => undefined);
  }
}

function describeProxyError(error: unknown, proxy: string): string {
  return `the proxy cannot be used: ${describeConnectError(error, new URL(proxy).hostname)}`;
}
