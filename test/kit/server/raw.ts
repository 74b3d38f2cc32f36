import { type IncomingHttpHeaders, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Field } from "./answer.ts";

/** A request that Node's parser refuses. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** Reads the head of a request whose method Node does not know; undefined where it is not whole, or no HTTP. */
export function readRaw(packet: Uint8Array): RawRequest | undefined {
  const text = Buffer.from(packet).toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, Math.max(0, end)).split("\r\n");
  const [, method, url] = /^([!#$%&'*+.^_`|~\w-]+) (\/\S*) HTTP\/1\.[01]$/.exec(first) ?? [];
  if (method === undefined || url === undefined) return undefined;
  const fields = lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]);
  return { method, url, headers: Object.fromEntries(fields) };
}

/** Writes an answer past Node's own, and ends the connection. */
export function writeRaw(socket: Duplex, status: number, fields: readonly Field[], text: string): void {
  const lines = [...fields, ["Connection", "close"]].map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...lines, "", text].join("\r\n"));
}
