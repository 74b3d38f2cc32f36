import { hash } from "node:crypto";
import type { Request } from "../model/exchange.ts";
import { canonicalJson } from "../syntax/canonical-json.ts";
import { essenceOf, isJsonType } from "../syntax/media-type.ts";

/**
 * What makes two requests the same request: method, server, path, query and body, whatever the order of the query's parameters and of a
 * JSON body's members, and whatever boundary a multipart body was given. undefined where the body was sent but not (fully) captured.
 */
export function requestFingerprint(request: Request): string | undefined {
  if (last?.request !== request) last = { request, fingerprint: fingerprintAt(request.server, request) };
  return last.fingerprint;
}

/** Several rules ask for it in turn. */
let last: { readonly request: Request; readonly fingerprint: string | undefined } | undefined;

/** The same on whatever server. */
export function targetFingerprint(request: Request): string | undefined {
  return fingerprintAt("", request);
}

function fingerprintAt(server: string, request: Request): string | undefined {
  const body = bodyOf(request);
  if (body === undefined) return undefined;
  return digest([request.method, server + request.path, sortQuery(request.query), digest(body)].join("\n"));
}

/** SHA-256, in hex. */
export function digest(text: string): string {
  return hash("sha256", text, "hex");
}

/** Parameters sorted by name; those of one name keep their order, which may mean something. */
export function sortQuery(query: string): string {
  const name = (pair: string) => pair.split("=", 1)[0] ?? "";
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0))
    .join("&");
}

function bodyOf({ headers, body }: Request): string | undefined {
  if (body.state === "empty") return "";
  if (body.state === "not-captured" || body.truncated) return undefined;
  const mediaType = headers.get("content-type") ?? body.mediaType;
  const essence = essenceOf(mediaType);
  if (isJsonType(essence)) {
    const parsed = body.json();
    if (parsed.ok) return canonicalJson(parsed.value);
  }
  const boundary = essence?.startsWith("multipart/") ? /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(mediaType ?? "") : null;
  const mark = boundary?.[1] ?? boundary?.[2];
  return mark === undefined ? body.text() : body.text().replaceAll(`--${mark}`, "--");
}
