import type { Exchange, Headers } from "../model/exchange.ts";
import { isJsonType } from "../syntax/media-type.ts";
import { watchBareness } from "./bare-answer.ts";
import { mediaTypeOf } from "./condition.ts";
import { type HeaderMark, headerMarks, textMarks } from "./gateway-marks.ts";

/** Knows answers that somebody in front of the API gave in its place. */
export interface GatewayWatch {
  /** Learns from a success which marks this host's own answers carry. Cheap: each host is learnt from a few times only. */
  learn(success: Exchange): void;
  /** Learns from an error that surely is the API's own. */
  learnError(own: Exchange): void;
  /** Who gave an answer in which no error object was found; undefined = the API itself, for all one can tell. */
  whoAnswered(exchange: Exchange): string | undefined;
  /** Who is named by the body's own text. */
  nameInText(exchange: Exchange): string | undefined;
}

/** Successes a host is learnt from: enough to have met both cached and fresh ones. */
const enough = 32;
/** Hosts remembered: an audit has a handful, a page's capture some hundreds. */
const mostHosts = 1000;

interface Host {
  successes: number;
  readonly usual: Set<HeaderMark>;
}

export function watchGateways(): GatewayWatch {
  const hosts = new Map<string, Host>();
  const bareness = watchBareness();
  return {
    learn(success) {
      bareness.learn(success);
      const { request, response } = success;
      let host = hosts.get(request.server);
      if (host === undefined) {
        if (hosts.size >= mostHosts) return;
        host = { successes: 0, usual: new Set() };
        hosts.set(request.server, host);
      }
      if (host.successes >= enough) return;
      host.successes++;
      for (const mark of marksIn(response.headers)) host.usual.add(mark);
    },
    learnError: bareness.learn,
    nameInText,
    whoAnswered(exchange) {
      const named = nameInText(exchange);
      if (named !== undefined) return named;
      // JSON that is not the envelope is the API's own fault, until its text says otherwise.
      if (looksLikeJson(exchange)) return undefined;
      const host = hosts.get(exchange.request.server);
      const marks = marksIn(exchange.response.headers);
      const strange = host === undefined ? undefined : marks.find((mark) => !host.usual.has(mark));
      if (strange !== undefined) return strange.who;
      if ([502, 503, 504].includes(exchange.response.status)) return marks[0]?.who ?? "an intermediary";
      return bareness.isBare(exchange) ? "the HTTP parser" : undefined;
    },
  };
}

function nameInText({ response }: Exchange): string | undefined {
  const text = response.body.text().slice(0, 4096);
  return textMarks.find(
    (mark) => mark.text.test(text) && (mark.beside === undefined || mark.beside.some((field) => carries(response.headers, field))),
  )?.who;
}

/** `x-amzn-requestid`, or `server:awselb` for what a value begins with. */
function carries(headers: Headers, field: string): boolean {
  const [name = "", begins = ""] = field.split(":");
  return headers.get(name)?.toLowerCase().startsWith(begins) ?? false;
}

function marksIn(headers: Headers): HeaderMark[] {
  return headerMarks.filter(({ name, begins = "" }) => headers.get(name)?.toLowerCase().startsWith(begins));
}

function looksLikeJson(exchange: Exchange): boolean {
  const essence = mediaTypeOf(exchange);
  return essence === undefined ? exchange.response.body.json().ok : isJsonType(essence);
}
