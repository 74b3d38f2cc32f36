import type { Credential } from "../model/contract.ts";
import type { Exchange, Headers } from "../model/exchange.ts";
import type { Place } from "../model/place.ts";
import { spanOf } from "../syntax/json-span.ts";
import { isSecretField } from "../syntax/secret-field.ts";
import { clip } from "./clip.ts";
import { type Mask, masked, maskOf, tokenEnd, tokenStart } from "./mask.ts";

/** The marks around the place itself; until all else is done, two characters that no text has a use for. */
const [open, close] = ["⟦", "⟧"] as const;
const [openMark, closeMark] = ["\ue000", "\ue001"] as const;
/** Characters of a body shown on either side of the place, and of the place itself. */
const around = 70;
const inside = 160;
/** Characters looked through for secrets on either side, and of the place: masking comes before cutting. */
const looked = 500;
/** A body longer than this is shown from its beginning: finding the place is not worth the scan. */
const scanned = 1_000_000;

/** The place as it stands in the exchange, marked, with a little around it; one line, without secrets. */
export function showEvidence(exchange: Exchange, place: Place, credentials: readonly Credential[]): string {
  const { request, response } = exchange;
  const mask = maskOf(exchange, credentials);
  const clean = (text: string, length: number) => clip(oneLine(mask(text.slice(0, 20_000))), length);
  switch (place.kind) {
    case "exchange":
      return `${clean(request.method, 40)} ${clean(request.path, 100)} -> ${response.status} ${clean(response.reason, 60)}`.trim();
    case "status":
      return `HTTP ${open}${response.status}${close} ${clean(response.reason, 60)}`.trim();
    case "method":
      return `${open}${clean(request.method, 40)}${close} ${clean(request.path, 200)}`;
    case "url":
      return `${clean(request.method, 40)} ${open}${clean(request.path + (request.query && `?${request.query}`), 300)}${close}`;
    case "header": {
      const show = (value: string) =>
        `${place.name}: ${open}${isSecretField(place.name, credentials) ? masked : clean(value, inside)}${close}`;
      return place.of === "request"
        ? showHeader(request.headers, place.name, show, `request without ${place.name}`)
        : showHeader(response.headers, place.name, show, `HTTP ${response.status} without ${place.name}`);
    }
    case "body": {
      const body = place.of === "request" ? request.body : response.body;
      if (body.state !== "present") return `body ${open}${body.state === "empty" ? "empty" : "not captured"}${close}`;
      return showBody(body.text(), place.pointer, mask);
    }
  }
}

function showHeader(headers: Headers, name: string, show: (value: string) => string, absent: string): string {
  const values = headers.all(name);
  return values.length === 0 ? `${open}${absent}${close}` : values.slice(0, 3).map(show).join("; ");
}

function showBody(text: string, pointer: string, mask: Mask): string {
  // An absent member is shown by the object that lacks it.
  const span = text.length <= scanned && pointer !== "" ? spanOf(text, pointer) : { start: 0, end: text.length, whole: true };
  const from = tokenStart(text, Math.max(0, span.start - looked));
  const to = tokenEnd(text, Math.min(text.length, span.end + looked));
  const place =
    span.end - span.start <= 2 * looked
      ? text.slice(span.start, span.end)
      : `${text.slice(span.start, tokenEnd(text, span.start + looked))} … ${text.slice(tokenStart(text, span.end - looked), span.end)}`;
  // In one piece, for a member's name says that its value is a secret.
  const piece = oneLine(mask(plain(text.slice(from, span.start)) + openMark + plain(place) + closeMark + plain(text.slice(span.end, to))));
  const [head = "", rest = ""] = piece.split(openMark, 2);
  const [body = "", tail = ""] = rest.split(closeMark, 2);
  return (
    (head.length > around || from > 0 ? `…${head.slice(-around)}` : head) +
    open +
    clip(body, inside) +
    close +
    (tail.length > around || to < text.length ? `${tail.slice(0, around)}…` : tail)
  );
}

function plain(text: string): string {
  return text.replace(/[\ue000\ue001]/g, "");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
