import type { Exchange, Headers } from "../model/exchange.ts";

/** Knows answers of the HTTP parser in front of the API's code: to what it cannot read it says a status, closes the connection, and no more. */
export interface BarenessWatch {
  /** Learns from an answer of the API's own which fields this host's code and framework always send. */
  learn(own: Exchange): void;
  /** Is it bare, where this host's own answers carry more? */
  isBare(exchange: Exchange): boolean;
}

/** What a parser says of a message that it cannot or will not read. Any other status takes code that knows of resources or callers. */
const ofParsers: ReadonlySet<number> = new Set([400, 405, 408, 411, 413, 414, 417, 431, 501, 505]);

/** Fields that a bare answer may have. */
const plainFields: ReadonlySet<string> = new Set(["connection", "content-length", "date"]);

/** Fields that go with a body or a connection: that a bare answer lacks them shows nothing. */
const withBody =
  /^(?:content-(?:type|length|encoding|language|disposition|location|range)|transfer-encoding|trailer|etag|last-modified|accept-ranges|cache-control|expires|pragma|age|vary|link|location|set-cookie|connection|keep-alive)$/;

/** Answers of a host that are learnt from. */
const enough = 32;
/** Hosts remembered. */
const mostHosts = 1000;

interface Habit {
  answers: number;
  /** Fields that all of them had. */
  always: readonly string[];
}

export function watchBareness(): BarenessWatch {
  const habits = new Map<string, Habit>();
  return {
    learn({ request, response }) {
      const habit = habits.get(request.server);
      if (habit === undefined) {
        if (habits.size < mostHosts) habits.set(request.server, { answers: 1, always: namesIn(response.headers) });
      } else if (habit.answers < enough) {
        habit.answers++;
        habit.always = habit.always.filter((name) => response.headers.get(name) !== undefined);
      }
    },
    isBare({ request, response: { status, headers, body } }) {
      if (!ofParsers.has(status) || body.state !== "empty" || !isPlain(headers)) return false;
      const lacked = habits.get(request.server)?.always.filter((name) => headers.get(name) === undefined) ?? [];
      // Where the client asked to close, the API's own answers close as well: but those the server dates.
      return closes(request.headers) ? lacked.includes("date") : lacked.length > 0;
    },
  };
}

function namesIn(headers: Headers): string[] {
  return [...new Set(headers.lines().map(([name]) => name.toLowerCase()))].filter((name) => !withBody.test(name));
}

function isPlain(headers: Headers): boolean {
  const isEmpty = (headers.get("content-length") ?? "0") === "0";
  return closes(headers) && isEmpty && headers.lines().every(([name]) => plainFields.has(name.toLowerCase()));
}

function closes(headers: Headers): boolean {
  return headers.get("connection")?.toLowerCase() === "close";
}
