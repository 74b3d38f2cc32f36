import type { Credential } from "../model/contract.ts";
import type { Exchange, Headers } from "../model/exchange.ts";
import type { Place } from "../model/place.ts";
import { spanOf } from "../syntax/json-span.ts";
import { isSecretField, masked, maskSecrets, secretsOf } from "./mask.ts";

/** The marks around the place itself. */
const [open, close] = ["⟦", "⟧"] as const;
/** Characters of a body shown on either side of the place, and of the place itself. */
const around = 70;
const inside = 160;
/** A body longer than this is shown from its beginning: finding the place is not worth the scan. */
const scanned = 1_000_000;

/** The place as it stands in the exchange, marked, with a little around it; one line, without secrets. */
export function showEvidence(exchange: Exchange, place: Place, credentials: readonly Credential[]): string {
  const { request, response } = exchange;
  const secrets = secretsOf(request, credentials);
  const clean = (text: string) => oneLine(maskSecrets(text, secrets));
  switch (place.kind) {
    case "exchange":
      return clean(`${request.method} ${clip(request.path, 100)} -> ${response.status} ${clip(response.reason, 60)}`).trim();
    case "status":
      return `HTTP ${open}${response.status}${close} ${clean(clip(response.reason, 60))}`.trim();
    case "method":
      return `${open}${clean(clip(request.method, 40))}${close} ${clean(clip(request.path, 200))}`;
    case "url":
      return `${clean(clip(request.method, 40))} ${open}${clean(clip(request.path + (request.query && `?${request.query}`), 300))}${close}`;
    case "header":
      return place.of === "request"
        ? showHeader(`request without ${place.name}`, request.headers, place.name, clean, credentials)
        : showHeader(`HTTP ${response.status} without ${place.name}`, response.headers, place.name, clean, credentials);
    case "body": {
      const body = place.of === "request" ? request.body : response.body;
      if (body.state !== "present") return `body ${open}${body.state === "empty" ? "empty" : "not captured"}${close}`;
      return showBody(body.text(), place.pointer, secrets);
    }
  }
}

function showHeader(
  absent: string,
  headers: Headers,
  name: string,
  clean: (text: string) => string,
  credentials: readonly Credential[],
): string {
  const values = headers.all(name);
  if (values.length === 0) return `${open}${absent}${close}`;
  const show = (value: string) => `${name}: ${open}${isSecretField(name, credentials) ? masked : clean(clip(value, inside))}${close}`;
  return values.slice(0, 3).map(show).join("; ");
}

function showBody(text: string, pointer: string, secrets: readonly string[]): string {
  const span = text.length <= scanned && pointer !== "" ? spanOf(text, pointer) : { start: 0, end: text.length, whole: true };
  // An absent member is shown by the object that lacks it. Masking comes before cutting, lest half a secret be left.
  const margin = around + 400;
  const before = maskSecrets(text.slice(Math.max(0, span.start - margin), span.start), secrets);
  const place = maskSecrets(text.slice(span.start, Math.min(span.end, span.start + inside + 400)), secrets);
  const after = maskSecrets(text.slice(span.end, span.end + margin), secrets);
  const head = oneLine(before);
  const body = oneLine(place);
  const tail = oneLine(after);
  return (
    (head.length > around || span.start > margin ? `…${head.slice(-around)}` : head) +
    open +
    clip(body, inside) +
    close +
    (tail.length > around || span.end + margin < text.length ? `${tail.slice(0, around)}…` : tail)
  );
}

/** Cuts a long text in its middle. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const half = Math.floor((length - 1) / 2);
  return `${text.slice(0, length - 1 - half)}…${text.slice(text.length - half)}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
