import type { Contract, ErrorAnswer, Row } from "../../model/contract.ts";
import type { Exchange, Origin } from "../../model/exchange.ts";
import type { Memory, Watching } from "../../model/rule.ts";
import { momentOf } from "../moment.ts";
import { requestFingerprint } from "../request-fingerprint.ts";
import { shortened } from "../shortened.ts";
import { rateLimitScope } from "../waits/rate-limit-scope.ts";
import { isLimitRow, judgeRetryAfter } from "../waits/retry-after-verdict.ts";
import { CaptureOrder } from "./capture-order.ts";
import { conductAfter } from "./retry-conduct.ts";

/** A refusal that told the client how long to wait. Times in milliseconds. */
interface AnnouncedWait {
  readonly end: number;
  readonly until: number;
  readonly seconds: number;
  /** Another sending of this request is a retry, and no other request. */
  readonly request: string | undefined;
  readonly origin: Origin;
}

interface Sent {
  readonly start: number;
  readonly request: string | undefined;
  /** Was it turned away as well? */
  readonly isRefused: boolean;
  isGiven: boolean;
  readonly origin: Origin;
}

interface Session {
  /** Sorted by their ends; of those that end together, the one that was read first last. */
  readonly waits: AnnouncedWait[];
  /** As they were read. */
  readonly read: AnnouncedWait[];
  /** Requests that a refusal may still turn up for, listed after them. */
  readonly sent: Sent[];
}

/** A request that was sent while its client had been told to wait. */
export interface AskedMeanwhile {
  readonly seconds: number;
  readonly request: Origin;
  readonly refusal: Origin;
}

const most = { waits: 50, sent: 1_000 } as const;
/** Milliseconds after a refusal within which a client may have sent what it had begun: workers that share an account, a queue of requests. */
const unread = 1_000;

/** What clients that were told to wait asked meanwhile. */
export class LimitedWaits {
  readonly #contract: Contract;
  readonly #order = new CaptureOrder();
  readonly #sessions: Memory<Session>;
  /** When the last wait is over. */
  #latest = Number.NEGATIVE_INFINITY;

  constructor({ contract, remember }: Pick<Watching, "contract" | "remember">) {
    this.#contract = contract;
    this.#sessions = remember(1_000);
  }

  /** Notes an exchange, and gives the requests that it shows to have been sent too early: itself, or some that the capture lists before it. */
  note(exchange: Exchange, answer: ErrorAnswer | undefined): AskedMeanwhile[] {
    const start = exchange.startedAt;
    const follows = this.#order.follows(exchange);
    const row = answer && this.#limitRow(answer);
    // Most exchanges come when nobody is to wait.
    if (start === undefined || (follows && row === undefined && start >= this.#latest)) return [];
    const scope = this.#scopeOf(exchange);
    if (scope === undefined) return [];
    const { waits, read, sent } = this.#sessionOf(`${exchange.timeline}\n${scope}`);
    // Of one that is neither a refusal nor out of order nothing is kept.
    const isKept = row !== undefined || !follows;
    if (!isKept && this.#isFree(start, waits)) return [];
    const one: Sent = {
      start,
      request: requestFingerprint(exchange.request),
      isRefused: row !== undefined,
      isGiven: false,
      origin: momentOf(exchange).origin,
    };
    const wait = answer && row && this.#waitOf(answer, one);
    const found = this.#judge([one], waits);
    if (wait !== undefined) {
      waits.splice(countBefore(waits, wait.end), 0, wait);
      this.#latest = Math.max(this.#latest, wait.until);
      if (read.push(wait) > most.waits) waits.splice(waits.indexOf(read.shift() as AnnouncedWait), 1);
      // To others it says nothing.
      found.push(
        ...this.#judge(
          sent.filter((other) => isWithin(other.start, wait)),
          waits,
        ),
      );
    }
    if (!follows && sent.push(one) > most.sent) sent.shift();
    return found;
  }

  /** Begins a new timeline. */
  forget(): void {
    this.#order.forget();
    this.#latest = Number.NEGATIVE_INFINITY;
  }

  /** Has nobody to wait at this time, as far as was read? */
  #isFree(start: number, waits: readonly AnnouncedWait[]): boolean {
    const last = waits[countBefore(waits, start) - 1];
    return last === undefined || !isWithin(start, last);
  }

  #judge(requests: readonly Sent[], waits: readonly AnnouncedWait[]): AskedMeanwhile[] {
    return requests.flatMap((one) => {
      if (one.isGiven) return [];
      // The newest word counts.
      const last = waits[countBefore(waits, one.start) - 1];
      if (last === undefined || !isWithin(one.start, last)) return [];
      if (last.request === undefined || one.request === undefined || last.request === one.request) return [];
      // Where nobody says what the limit counts, only another refusal shows that it counts this too.
      if (this.#contract.rateLimit === undefined && !one.isRefused) return [];
      one.isGiven = true;
      return [{ seconds: last.seconds, request: one.origin, refusal: last.origin }];
    });
  }

  #scopeOf(exchange: Exchange): string | undefined {
    const { authentication, rateLimit } = this.#contract;
    const isPublic =
      authentication.public.length > 0 &&
      this.#contract.operationsOf(exchange.request).some(({ name }) => authentication.public.includes(name));
    if (isPublic) return undefined;
    if (rateLimit !== undefined) return rateLimitScope(this.#contract, exchange);
    return exchange.account && `${shortened(exchange.request.server)}\n${exchange.account.id}`;
  }

  #sessionOf(key: string): Session {
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const session: Session = { waits: [], read: [], sent: [] };
    this.#sessions.set(key, session);
    return session;
  }

  /** The row of a limit that an answer meets: one that is to be retried after the time it names. */
  #limitRow(answer: ErrorAnswer): Row | undefined {
    const { row } = conductAfter(answer, this.#contract);
    return row !== null && row.retry === "retry-after" && isLimitRow(row) ? row : undefined;
  }

  #waitOf(answer: ErrorAnswer, { request, origin }: Sent): AnnouncedWait | undefined {
    const { endedAt: end } = answer.exchange;
    const verdict = judgeRetryAfter(answer, this.#contract);
    if (end === undefined || verdict.kind !== "fine" || verdict.seconds === undefined) return undefined;
    const { seconds } = verdict;
    return { end, until: end + 1000 * seconds - 1000, seconds, request, origin };
  }
}

/** How many of the waits began before a time. */
function countBefore(waits: readonly AnnouncedWait[], time: number): number {
  let low = 0;
  let high = waits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((waits[middle] as AnnouncedWait).end < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isWithin(start: number, { end, until }: AnnouncedWait): boolean {
  return start > end + unread && start < until;
}
