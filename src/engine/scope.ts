import type { Contract, ErrorAnswer, ErrorObject } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import type { ServerSeen } from "../model/report.ts";
import { essenceOf, isJsonType, matchesMediaRange } from "../syntax/media-type.ts";
import { splitUrl } from "../syntax/url.ts";
import { copy } from "./clip.ts";

/** Servers told apart in one audit; the rest goes by "others" and is not judged. */
const serverLimit = 5_000;
const listed = 20;
/** No host is named longer (RFC 1035 2.3.4), even with scheme and port. */
const longestName = 300;

interface ServerTally {
  exchanges: number;
  errors: number;
  /** Some of its paths were outside the given prefixes. */
  outside: number;
  outsideErrors: number;
  /** It answered in the contract's envelope, with a type the contract knows. */
  speaksContract: boolean;
  /** It answered an error on a declared operation as JSON, or to a request that asked for JSON. */
  servesOperation: boolean;
}

/** Which servers are the API's: the prefixes given, or else those that show by their answers that the contract is theirs. */
export class Scope {
  readonly #contract: Contract;
  readonly #prefixes: readonly (readonly [server: string, path: string])[];
  readonly #servers = new Map<string, ServerTally>();
  /** Servers beyond the limit were met that may have been the API's. */
  overflown = false;
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
      this.overflown ||= isInside;
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

  /** The servers in scope, known once all was read. */
  decide(): ReadonlySet<string> {
    const names = (test: (tally: ServerTally) => boolean) =>
      new Set([...this.#servers].filter(([, tally]) => test(tally)).map(([name]) => name));
    if (this.#prefixes.length > 0) return names((tally) => tally.exchanges > 0);
    const speaking = names((tally) => tally.speaksContract);
    return speaking.size > 0 ? speaking : names((tally) => tally.servesOperation);
  }

  /** What was in scope and what was not, for the report. */
  summarise(inScope: ReadonlySet<string>): { inScope: ServerSeen[]; outOfScope: ServerSeen[]; outside: number } {
    const inside: ServerSeen[] = [];
    const out: ServerSeen[] = [];
    for (const [server, tally] of this.#servers) {
      if (inScope.has(server)) inside.push({ server, exchanges: tally.exchanges, errors: tally.errors });
      const exchanges = tally.outside + (inScope.has(server) ? 0 : tally.exchanges);
      if (exchanges > 0) out.push({ server, exchanges, errors: tally.outsideErrors + (inScope.has(server) ? 0 : tally.errors) });
    }
    const outside = out.reduce((sum, seen) => sum + seen.exchanges, this.#beyond);
    const listed = foldRest(sortSeen(out));
    if (this.#beyond > 0) listed.push({ server: "others (not told apart)", exchanges: this.#beyond, errors: 0 });
    return { inScope: sortSeen(inside), outOfScope: listed, outside };
  }

  #tallyOf(server: string): ServerTally | undefined {
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

function sortSeen(seen: ServerSeen[]): ServerSeen[] {
  return seen.sort((a, b) => b.exchanges - a.exchanges || (a.server < b.server ? -1 : 1));
}

function foldRest(seen: ServerSeen[]): ServerSeen[] {
  if (seen.length <= listed) return seen;
  const rest = seen.slice(listed);
  const sum = (part: "exchanges" | "errors") => rest.reduce((total, one) => total + one[part], 0);
  return [...seen.slice(0, listed), { server: `others (${rest.length})`, exchanges: sum("exchanges"), errors: sum("errors") }];
}
