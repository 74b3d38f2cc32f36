import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Upstream } from "./upstream.ts";

/** The way to the target led to the proxy. */
export class LedBack extends Error {}

/**
 * Keeps requests from going round in circles, whatever name leads back to the proxy: such a connection is ended before anything is sent,
 * for Node writes what waits for it after it has told that there is one.
 */
export function refuseItself(upstream: Upstream, server: Server): Upstream {
  return {
    begin(head) {
      const out = upstream.begin(head);
      out.once("socket", (socket) => {
        if (socket.connecting) socket.once("connect", () => leadsTo(socket, server) && socket.destroy(new LedBack()));
      });
      return out;
    },
    close: () => upstream.close(),
  };
}

/** Only one can listen at an address and a port. */
function leadsTo({ remoteAddress = "", remotePort }: Socket, server: Server): boolean {
  const { address, port } = server.address() as AddressInfo;
  return remotePort === port && remoteAddress.replace(/^::ffff:/, "") === address;
}
