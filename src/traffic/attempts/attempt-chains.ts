import type { ErrorAnswer } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Studying, Watch, Watching } from "../../model/rule.ts";
import { shortened } from "../shortened.ts";
import type { Attempt, Chain, Doubt, Step } from "./attempt.ts";
import { chainsOf } from "./attempt-chain.ts";
import { isPast, reachOf, relate } from "./attempt-step.ts";
import { CaptureOrder } from "./capture-order.ts";
import { anybody, concernedBy, mayBeHelpedBy } from "./cause-removed.ts";
import { isNoAttempt } from "./no-attempt.ts";
import { readAttempt } from "./read-attempt.ts";
import { RecentSuccesses, successesKept } from "./recent-successes.ts";
import { isRepetition, type Repetition, repetitionsOf } from "./repetition.ts";
import { isSafe, StateChanges } from "./state-changes.ts";
import { type Target, TargetMemory } from "./target-memory.ts";
import { targetOf } from "./target-sum.ts";

/** Milliseconds after which what a client made is there for all to see. */
const fresh = 10_000;
/** Milliseconds by which an exchange may be listed after others that began later, since it took so long. */
const longestRequest = 600_000;
/** So many successes in a row say that an earlier error is over. */
const recovered = 3;

/** What the attempts at each request make of it. */
export interface AttemptChains extends Watch {
  /** What ended with the exchange, or the end, that is being told. */
  readonly finished: readonly Chain[];
  readonly repetitions: readonly Repetition[];
  /** What cannot be known of the exchange that is being told and the attempt before it. */
  readonly doubt: Doubt | undefined;
}

/** Watches who sends what again. Most exchanges are successes that follow nothing: of those only the time is noted. */
function attemptChains({ contract, remember, witness }: Studying): AttemptChains {
  let finished: Chain[] = [];
  let repetitions: Repetition[] = [];
  let doubt: Doubt | undefined;
  const order = new CaptureOrder();
  const changes = new StateChanges({ remember });
  const quiet = new RecentSuccesses();
  const targets = new TargetMemory({ remember }, ({ attempts, ...target }) => {
    const { client, server } = target;
    const isBroken = (pair: Pick<Step, "from" | "to">) =>
      [client, ...mayBeHelpedBy(pair.from, server)].some((who) => changes.isBetween(who, pair));
    const isFresh = (attempt: Attempt) => isSafe(attempt) && changes.isShortlyBefore(client, attempt, fresh);
    for (const same of groupsOf(attempts)) {
      finished.push(...chainsOf(same, { ...target, isBroken, isFresh }));
      repetitions.push(...repetitionsOf(same, isBroken));
    }
  });

  const begin = () => {
    finished = [];
    repetitions = [];
    doubt = undefined;
  };
  const note = (exchange: Exchange, answer: ErrorAnswer | undefined) => {
    begin();
    if (exchange.probe !== undefined) return;
    const isDone = answer === undefined && exchange.notJudged === undefined;
    if (!isDone && isNoAttempt(exchange)) return;
    const { client, key } = targetOf(exchange);
    const follows = order.follows(exchange);
    let target = targets.get(key);
    if (follows && target !== undefined && isOver(target, exchange, isDone)) {
      close(key, target);
      target = undefined;
    }
    const isChange = isDone && !isSafe(exchange.request);
    const mayMatter = !isDone || !follows || target !== undefined || (isChange && contract.idempotency?.dutyOf(exchange.request));
    if (!mayMatter) quiet.note(key, exchange.startedAt as number);
    else {
      if (follows && targets.isCrowded) closeSettled(exchange.startedAt as number);
      target ??= { client, ...placeOf(exchange), successes: quiet.take(key), attempts: [], past: 0 };
      targets.add(key, target, attemptOf(target, exchange, answer, follows));
    }
    if (isChange) for (const who of [client, ...concernedBy(exchange.request)]) changes.note(who, exchange);
  };
  const close = (key: number, target: Target) => {
    quiet.keep(key, lastSuccesses(target));
    targets.close(key);
  };
  const closeSettled = (now: number) => {
    for (const [key, target] of targets) {
      if (!targets.isCrowded || !isSettled(target, now)) return;
      close(key, target);
    }
  };
  const placeOf = ({ request }: Exchange) => {
    const open = contract.authentication.public;
    const isPublic = open.length > 0 && contract.operationsOf(request).some(({ name }) => open.includes(name));
    return { server: shortened(request.server), isPublic };
  };
  const attemptOf = (target: Target, exchange: Exchange, answer: ErrorAnswer | undefined, follows: boolean): Attempt => {
    const read = readAttempt(contract, exchange, answer, changes.countsOf(target.client, anybody(target.server)));
    let isJoined = false;
    const { attempts } = target;
    if (follows) while (target.past < attempts.length && isPast(attempts[target.past] as Attempt, read)) target.past++;
    for (const other of follows ? attempts.slice(target.past) : attempts) {
      const relation = relate(other, read) ?? (follows ? undefined : relate(read, other));
      doubt = relation?.doubt ?? doubt;
      isJoined ||= relation?.step !== undefined || isRepetition(other, read) || (!follows && isRepetition(read, other));
    }
    if (isJoined) read.witness = witness(answer ?? exchange, { kind: "exchange" });
    return read;
  };
  return {
    get finished() {
      return finished;
    },
    get repetitions() {
      return repetitions;
    },
    get doubt() {
      return doubt;
    },
    exchange: note,
    unanswered: (exchange) => note(exchange, undefined),
    endTimeline() {
      begin();
      targets.closeAll();
      quiet.clear();
      order.forget();
      changes.forget();
    },
  };
}

/** Shows a rule the chains as they end, and counts what it cannot judge. */
export function watchChains(
  { study, unobservable }: Pick<Watching, "study" | "unobservable">,
  concerns: readonly Doubt["about"][],
  judge: (chains: AttemptChains) => void,
): Required<Pick<Watch, "exchange" | "unanswered" | "endTimeline">> {
  const chains = study(attemptChains);
  const pull = () => {
    if (chains.finished.length > 0 || chains.repetitions.length > 0) judge(chains);
  };
  const look = (exchange: Exchange) => {
    const { doubt } = chains;
    if (doubt !== undefined && concerns.includes(doubt.about)) unobservable(exchange, doubt.reason);
    pull();
  };
  return { exchange: look, unanswered: look, endTimeline: pull };
}

/** Is an exchange, surely later than all before it, no part of what these attempts make? */
function isOver({ attempts }: Target, exchange: Exchange, isDone: boolean): boolean {
  const last = attempts.at(-1) as Attempt;
  const gap = Number(exchange.startedAt) - Number(last.moment.endedAt);
  // With another key a success may come again.
  return gap > reachOf(last) || (isDone && !last.isKeyed && gap >= 0 && lastSuccesses({ attempts }).length >= recovered);
}

/** Is all of it so long over that no request, listed late since it took its time, can have followed? */
function isSettled({ attempts }: Target, now: number): boolean {
  const last = attempts.at(-1) as Attempt;
  return now - Number(last.moment.endedAt) > reachOf(last) + longestRequest;
}

/** When the successes began that nothing went wrong after. */
function lastSuccesses({ attempts }: Pick<Target, "attempts">): number[] {
  const isSuccess = ({ outcome, moment }: Attempt) => outcome === "done" && moment.startedAt !== undefined;
  const trouble = attempts.findLastIndex((attempt) => !isSuccess(attempt));
  return attempts.slice(Math.max(trouble + 1, attempts.length - successesKept)).map(({ moment }) => moment.startedAt as number);
}

function groupsOf(attempts: readonly Attempt[]): Attempt[][] {
  const groups = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    if (attempt.fingerprint === undefined) continue;
    const group = groups.get(attempt.fingerprint);
    if (group === undefined) groups.set(attempt.fingerprint, [attempt]);
    else group.push(attempt);
  }
  return [...groups.values()];
}
