import type { Contract, ErrorAnswer, ErrorObject } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import { essenceOf, isJsonType, matchesMediaRange } from "../syntax/media-type.ts";
import { splitUrl } from "../syntax/url.ts";
import { copy } from "./clip.ts";
import type { ScopeTally, ServerTally } from "./gathered.ts";

/** Servers told apart in one audit; the rest goes by "others" and is not judged. */
const serverLimit = 5_000;
/** No host is named longer (RFC 1035 2.3.4), even with scheme and port. */
const longestName = 300;

type OpenTally = { -readonly [Part in keyof ServerTally]: ServerTally[Part] };

/** Which servers are the API's: the prefixes given, or else those that show by their answers that the contract is theirs. */
export class Scope {
  readonly #contract: Contract;
  readonly #prefixes: readonly (readonly [server: string, path: string])[];
  readonly #servers = new Map<string, OpenTally>();
  /** Servers beyond the limit were met that may have been the API's. */
  #overflown = false;
  #beyond = 0;

  constructor(contract: Contract, prefixes: readonly string[]) {
    this.#contract = contract;
    this.#prefixes = prefixes.map(readPrefix);
  }

  /** May a request without an answer be judged? Its server takes a place among those told apart. */
  mayJudge(exchange: Exchange): boolean {
    return this.#covers(exchange) && this.#tallyOf(exchange.request.server) !== undefined;
  }

  #covers(exchange: Exchange): boolean {
    return this.#prefixes.length === 0 || this.#prefixes.some((prefix) => isBelow(exchange, prefix));
  }

  /** Counts an exchange; false where it is surely out of scope. */
  admit(exchange: Exchange): boolean {
    const tally = this.#tallyOf(exchange.request.server);
    const isInside = this.#covers(exchange);
    if (tally === undefined) {
      this.#beyond++;
      this.#overflown ||= isInside;
      return false;
    }
    if (isInside) {
      tally.exchanges++;
      return true;
    }
    tally.outside++;
    if (exchange.response.status >= 400) tally.outsideErrors++;
    return false;
  }

  /** Learns from an error answer whose server it is. */
  learn(answer: ErrorAnswer): void {
    const tally = this.#tallyOf(answer.exchange.request.server);
    if (tally === undefined) return;
    tally.errors++;
    tally.speaksContract ||= answer.meetings.some((meeting) => isKnown(this.#contract, answer, meeting.object));
    tally.servesOperation ||= answer.operations.length > 0 && (isJsonAnswer(answer) || asksForJson(answer.exchange));
  }

  /** What was learnt; `decideScope` makes of it which servers count. */
  tally(): ScopeTally {
    return { servers: [...this.#servers], overflown: this.#overflown, beyond: this.#beyond };
  }

  #tallyOf(server: string): OpenTally | undefined {
    let tally = this.#servers.get(server);
    if (tally === undefined) {
      if (this.#servers.size >= serverLimit || server.length > longestName) return undefined;
      tally = { exchanges: 0, errors: 0, outside: 0, outsideErrors: 0, speaksContract: false, servesOperation: false };
      this.#servers.set(copy(server), tally);
    }
    return tally;
  }
}

/** Is it surely an error of this contract: a known type; where types are open or there are none, an error object under the envelope's media type? */
function isKnown(contract: Contract, answer: ErrorAnswer, object: ErrorObject | undefined): boolean {
  if (object === undefined) return false;
  const typed = answer.envelope?.members.type !== undefined && contract.types !== null && contract.types.length > 0;
  if (typed) return contract.types?.includes(String(object.role("type")?.value)) ?? false;
  const { headers, body } = answer.exchange.response;
  const essence = essenceOf(headers.get("content-type") ?? body.mediaType);
  return essence !== undefined && (answer.envelope?.mediaTypes ?? []).some((range) => matchesMediaRange(essence, range));
}

function isJsonAnswer(answer: ErrorAnswer): boolean {
  const { headers, body } = answer.exchange.response;
  return isJsonType(essenceOf(headers.get("content-type") ?? body.mediaType));
}

function asksForJson(exchange: Exchange): boolean {
  return (exchange.request.headers.get("accept") ?? "").split(",").some((range) => isJsonType(essenceOf(range)));
}

/** A prefix without a scheme stands for any. */
function readPrefix(prefix: string): readonly [server: string, path: string] {
  const split = splitUrl(prefix.includes("://") ? prefix : `any://${prefix}`);
  return [split?.server ?? prefix, split?.path.replace(/\/$/, "") ?? ""];
}

function isBelow(exchange: Exchange, [server, path]: readonly [string, string]): boolean {
  const { request } = exchange;
  const sameServer = server.startsWith("any://")
    ? request.server.slice(request.server.indexOf("://")) === server.slice(3)
    : request.server === server;
  return sameServer && (request.path === path || request.path.startsWith(`${path}/`));
}
