import type { Json, JsonObject } from "../../../src/model/json.ts";
import { type Field, field } from "../server/answer.ts";
import { secrets } from "../server/store.ts";
import { type Exchange, publicHost } from "./session.ts";

/** A session's log as HAR 1.2. Ports, secrets and today's date are not in it: the same script gives the same bytes. */
export function writeHar(log: readonly Exchange[], comment: string): string {
  const har = { log: { version: "1.2", creator: { name: "envelint kit", version: "1" }, comment, entries: log.map(entryOf) } };
  return `${JSON.stringify(har, null, 2)}\n`;
}

function entryOf({ step, startedAt, time, request, response }: Exchange): JsonObject {
  const url = new URL(maskInUrl(step.path), `https://${publicHost}`);
  const length = Buffer.byteLength(request.text);
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time,
    request: {
      method: step.method,
      url: url.href,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: request.headers.map(headerOf),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      ...(length === 0 ? {} : { postData: { mimeType: field(request.headers, "Content-Type") ?? "", text: request.text } }),
      headersSize: -1,
      bodySize: length,
    },
    response: {
      status: response.status,
      statusText: response.reason,
      httpVersion: "HTTP/1.1",
      cookies: cookiesOf(response.headers),
      headers: response.headers.map(headerOf),
      content: contentOf(response),
      redirectURL: "",
      headersSize: -1,
      bodySize: Buffer.byteLength(response.text),
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    ...(step.comment === undefined ? {} : { comment: step.comment }),
    ...(response.status === 0 ? { _error: "net::ERR_CONNECTION_RESET" } : {}),
    ...(step.probe === undefined ? {} : { _probe: { probe: step.probe, level: 2, live: false } }),
  };
}

function headerOf([name, value]: Field): JsonObject {
  return { name, value: name === "Authorization" ? maskSecret(value) : value };
}

/** Also where it does not belong. */
function maskInUrl(path: string): string {
  return maskAll(path, (owner) => encodeURIComponent(`<account:${owner}>`));
}

function maskAll(text: string, token: (owner: string) => string): string {
  return Object.entries(secrets).reduce((so, [owner, secret]) => so.replaceAll(secret, token(owner)), text);
}

/** `Bearer <account:alice>`: one token for each account, and one for everybody else. */
function maskSecret(value: string): string {
  const owner = Object.keys(secrets).find((name) => value.endsWith(` ${secrets[name]}`));
  return `Bearer <account:${owner ?? "nobody"}>`;
}

function contentOf({ headers, text: sent }: Exchange["response"]): JsonObject {
  const text = maskAll(sent, (owner) => `<account:${owner}>`);
  return { size: Buffer.byteLength(text), mimeType: field(headers, "Content-Type") ?? "", text };
}

function cookiesOf(headers: readonly Field[]): Json[] {
  return headers
    .filter(([name]) => name.toLowerCase() === "set-cookie")
    .map(([, value]) => {
      const [name = "", content = ""] = (value.split(";", 1)[0] ?? "").split("=");
      return { name, value: content };
    });
}
