import { readRetryAfter, secondsOf } from "../syntax/retry-after.ts";
import type { Ask, Reply, Step } from "./ask.ts";
import { Brakes } from "./brakes.ts";
import { dress, type Wardrobe } from "./dress.ts";
import { asksOf, isSkip } from "./itinerary.ts";
import { whatWasMade } from "./made.ts";
import { type Clock, Pacer } from "./pace.ts";
import type { PlannedLimits } from "./plan/plan.ts";
import type { Asking, Probe } from "./probe.ts";
import { beyondBudget, countAllowed } from "./rehearse.ts";
import { readReply } from "./reply.ts";
import { type Allowance, type Asked, forbids, type Run, type Unasked } from "./run.ts";
import type { Received, Sending, Wire } from "./wire/wire.ts";

/** What a run goes by. */
export interface Conducting {
  readonly asking: Asking;
  /** In the order of the run. */
  readonly probes: readonly Probe[];
  /** Asked at the end, whatever was left out before: the controls. The budget keeps room for them. */
  readonly last: readonly Probe[];
  readonly allowance: Allowance;
  readonly limits: PlannedLimits;
  readonly wardrobe: Wardrobe;
  readonly wire: Wire;
  /** Keeps what was sent and received; gives its place in the recording. */
  readonly record: (probe: string, ask: Ask, sending: Sending, received: Received) => Promise<number>;
  /** Takes credentials out of what is told of the run. */
  readonly mask: (text: string) => string;
  readonly clock: Clock;
  /** Aborted: the request under way is finished, and no other is sent. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** What a run says of itself while it goes on. */
export type RunEvent =
  /** How many requests it will come to, if all goes well; and how many a minute. */
  | { readonly kind: "planned"; readonly requests: number; readonly pace: number }
  | { readonly kind: "probe"; readonly probe: Probe; readonly index: number; readonly of: number }
  | { readonly kind: "waiting"; readonly milliseconds: number; readonly why: "pace" | "retry-after" | "probe" }
  | { readonly kind: "asked"; readonly asked: Asked; readonly sent: number; readonly budget: number };

/** Times a request that was told to wait is sent again. */
const mostRetries = 3;
/** Milliseconds by which a server's clock may go after ours. */
const margin = 50;

/** Asks everything that may be asked, one request after the other. What goes wrong is told in the run, never thrown. */
export async function conduct(conducting: Conducting): Promise<Run> {
  const conductor = new Conductor(conducting);
  for (const [index, probe] of conducting.probes.entries()) await conductor.play(probe, index);
  conductor.beginLast();
  for (const [index, probe] of conducting.last.entries()) await conductor.play(probe, conducting.probes.length + index);
  return conductor.run();
}

class Conductor {
  readonly #given: Conducting;
  readonly #pacer: Pacer;
  readonly #brakes: Brakes;
  readonly #asked: Asked[] = [];
  readonly #unasked: Unasked[] = [];
  #reserve: number;
  #stopped: string | undefined;
  /** Is nothing more to be sent, not even the controls? */
  #isOver = false;
  /** Has it come to the controls at the end? */
  #isLast = false;

  constructor(given: Conducting) {
    this.#given = given;
    this.#brakes = new Brakes(given.asking.contract);
    this.#pacer = new Pacer(given.limits.pace, given.clock);
    this.#reserve = countAllowed(given.last, given.asking, given.allowance);
  }

  run(): Run {
    return { asked: this.#asked, unasked: this.#unasked, stopped: this.#stopped };
  }

  /** Comes to the controls, for which room was kept. */
  beginLast(): void {
    this.#reserve = 0;
    this.#isLast = true;
  }

  #stop(reason: string, isOver: boolean): void {
    this.#stopped ??= reason;
    this.#isOver ||= isOver;
  }

  async play(probe: Probe, index: number): Promise<void> {
    const { asking, probes, last } = this.#given;
    this.#tell({ kind: "probe", probe, index, of: probes.length + last.length });
    const asks = probe.ask(asking);
    let replies: readonly Reply[] = [];
    for (let next = asks.next(replies); next.done !== true; next = asks.next(replies)) replies = await this.#take(probe.id, next.value);
  }

  async #take(probe: string, step: Step): Promise<readonly Reply[]> {
    if (isSkip(step)) {
      this.#unasked.push({ probe, reason: step.skip, aims: step.aims ?? [], ask: undefined });
      return [];
    }
    const asks = asksOf(step);
    // A run may be stopped while it waits for its turn.
    const reason = this.#whyNot(asks) ?? (await this.#waitForTurn(asks)) ?? this.#whyNot(asks);
    if (reason === undefined) return this.#send(probe, asks);
    for (const ask of asks) this.#unasked.push({ probe, reason, aims: ask.aims ?? [], ask: { ...ask, path: this.#given.mask(ask.path) } });
    return [];
  }

  async #waitForTurn(asks: readonly Ask[]): Promise<undefined> {
    await this.#wait(Math.max(0, ...asks.map(({ after = 0 }) => after)), "probe");
    if (!asks.every(({ unpaced }) => unpaced)) await this.#wait(this.#pacer.wait, "pace");
  }

  /** Those of a list are sent together or not at all. */
  #whyNot(asks: readonly Ask[]): string | undefined {
    const { allowance, limits, signal } = this.#given;
    for (const { level } of asks) {
      const reason = forbids(allowance, level);
      if (reason !== undefined) return reason;
    }
    if (signal?.aborted) this.#stop("The run was interrupted.", true);
    if (this.#stopped !== undefined && (this.#isOver || !this.#isLast)) return "the run was stopped before";
    const room = limits.requests - this.#reserve - this.#asked.length;
    return asks.length > room ? beyondBudget(limits.requests) : undefined;
  }

  async #send(probe: string, asks: readonly Ask[]): Promise<readonly Reply[]> {
    this.#pacer.take(asks.length);
    const answers = await Promise.all(asks.map((ask) => this.#exchange(probe, ask)));
    const replies: Reply[] = [];
    for (const [index, ask] of asks.entries()) {
      const { sending, received } = answers[index] as Exchanged;
      replies.push(await this.#keep(probe, ask, sending, received));
    }
    const [ask] = asks;
    return asks.length === 1 && ask !== undefined ? [await this.#again(probe, ask, (answers[0] as Exchanged).received)] : replies;
  }

  /** Waits as long as the server asks for, and asks again; a few times. */
  async #again(probe: string, ask: Ask, first: Received): Promise<Reply> {
    const { limits, asking } = this.#given;
    let last = first;
    for (let retry = 0; retry < mostRetries && this.#whyNot([ask]) === undefined; retry++) {
      const wait = isLost(ask, last) ? 0 : ask.takesLimit ? undefined : waitOf(readReply(last), asking, retry);
      if (wait === undefined) break;
      if (wait > limits.patience) {
        const [asks, most] = [Math.ceil(wait / 1000), limits.patience / 1000];
        this.#stop(`The server asked to wait ${asks} s, longer than the plan's limits.patience (${most} s).`, true);
        break;
      }
      if (wait > 0) await this.#wait(wait + margin, "retry-after");
      if (this.#whyNot([ask]) !== undefined) break;
      await this.#wait(this.#pacer.wait, "pace");
      this.#pacer.take(1);
      const { sending, received } = await this.#exchange(probe, ask);
      await this.#keep(probe, ask, sending, received);
      last = received;
    }
    return readReply(last);
  }

  async #exchange(probe: string, ask: Ask): Promise<Exchanged> {
    const sending = dress(probe, ask, this.#given.wardrobe);
    return { sending, received: await this.#given.wire.send(sending) };
  }

  async #keep(probe: string, ask: Ask, sending: Sending, received: Received): Promise<Reply> {
    const { record, mask, limits } = this.#given;
    const entry = await record(probe, ask, sending, received);
    const { status, failure } = received;
    const reply = readReply(received);
    // A read makes nothing, and what should have been refused ends the run, which says so.
    const made = status >= 200 && status < 300 && ask.level === 2 && !safe.has(ask.method) ? whatWasMade(reply) : undefined;
    const asked: Asked = {
      probe,
      // An id that a server gave, or what it said in place of HTTP, may hold anything.
      ask: { ...ask, path: mask(ask.path) },
      entry,
      sending,
      status,
      ...(made !== undefined && { made: mask(made) }),
      failure: failure === undefined || isLost(ask, received) ? undefined : mask(failure),
    };
    this.#asked.push(asked);
    const halt = this.#brakes.judge(asked, received);
    if (halt !== undefined) this.#stop(mask(halt.reason), halt.isFinal);
    this.#tell({ kind: "asked", asked, sent: this.#asked.length, budget: limits.requests });
    return reply;
  }

  async #wait(milliseconds: number, why: "pace" | "retry-after" | "probe"): Promise<void> {
    if (milliseconds <= 0) return;
    this.#tell({ kind: "waiting", milliseconds, why });
    await this.#given.clock.sleep(milliseconds, this.#given.signal);
  }

  #tell(event: RunEvent): void {
    this.#given.onEvent?.(event);
  }
}

interface Exchanged {
  readonly sending: Sending;
  readonly received: Received;
}

/** Methods that a client may send again without being asked (RFC 9110 9.2.2). */
const safe: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Did the server close the kept connection just when it was used again? No fault of anybody's: a read is sent once more, openly. */
function isLost({ method }: Ask, { isStale }: Received): boolean {
  return isStale === true && safe.has(method);
}

/** Milliseconds to wait before a request is sent again; undefined = its answer is one to keep. */
function waitOf(reply: Reply, { contract }: Asking, retry: number): number | undefined {
  const field = reply.header("retry-after");
  if (reply.status !== 429 && !(reply.status === 503 && field !== undefined)) return undefined;
  const wait = field === undefined ? undefined : readRetryAfter([field], reply.endedAt);
  const seconds = wait === undefined ? undefined : secondsOf(wait, reply.endedAt);
  // Without a wait that can be read, as long as a client would that has to guess.
  return (seconds ?? Math.min(contract.rateLimit?.window ?? 8, 2 ** retry)) * 1_000;
}
