import type { ErrorAnswer } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Studying, Watch, Watching } from "../../model/rule.ts";
import { sortQuery } from "../request-fingerprint.ts";
import { shortened } from "../shortened.ts";
import type { Attempt, Chain, Doubt } from "./attempt.ts";
import { chainsOf } from "./attempt-chain.ts";
import { reachOf, relate } from "./attempt-step.ts";
import { CaptureOrder } from "./capture-order.ts";
import { readAttempt } from "./read-attempt.ts";
import { RecentSuccesses, successesKept } from "./recent-successes.ts";
import { isRepetition, type Repetition, repetitionsOf } from "./repetition.ts";
import { isSafe, StateChanges } from "./state-changes.ts";
import { type Target, TargetMemory } from "./target-memory.ts";

/** Of a longer request line only a digest is kept. */
const longestTarget = 400;
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
export function attemptChains({ contract, remember, witness }: Studying): AttemptChains {
  let finished: Chain[] = [];
  let repetitions: Repetition[] = [];
  let doubt: Doubt | undefined;
  const order = new CaptureOrder();
  const changes = new StateChanges({ remember });
  const quiet = new RecentSuccesses();
  const targets = new TargetMemory({ remember }, ({ client, successes, attempts }) => {
    const isBroken = (pair: { readonly from: Attempt; readonly to: Attempt }) => changes.isBetween(client, pair);
    for (const same of groupsOf(attempts)) {
      finished.push(...chainsOf(same, { client, successes, isBroken }));
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
    const client = clientOf(exchange);
    const key = targetOf(exchange, client);
    const follows = order.follows(exchange);
    const isDone = answer === undefined && exchange.notJudged === undefined;
    let target = targets.get(key);
    if (follows && target !== undefined && isOver(target, exchange, isDone)) {
      quiet.keep(key, lastSuccesses(target));
      targets.close(key);
      target = undefined;
    }
    const isChange = isDone && !isSafe(exchange);
    const mayMatter = !isDone || !follows || target !== undefined || (isChange && contract.idempotency?.dutyOf(exchange.request));
    if (!mayMatter) quiet.note(key, exchange.startedAt as number);
    else {
      target ??= { client, successes: quiet.take(key), attempts: [] };
      targets.add(key, target, attemptOf(target, exchange, answer));
    }
    if (isChange) changes.note(client, exchange);
  };
  const attemptOf = (target: Target, exchange: Exchange, answer: ErrorAnswer | undefined): Attempt => {
    const read = { ...readAttempt(contract, exchange, answer), changesBefore: changes.countOf(target.client), witness: undefined };
    const relations = target.attempts.map((other) => relate(other, read) ?? relate(read, other));
    doubt = relations.findLast((relation) => relation?.doubt !== undefined)?.doubt;
    const isJoined =
      relations.some((relation) => relation?.step !== undefined) ||
      target.attempts.some((other) => isRepetition(other, read) || isRepetition(read, other));
    return isJoined ? { ...read, witness: witness(answer ?? exchange, { kind: "exchange" }) } : read;
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

/** Whose requests may remove the cause of each other's errors: one account's, or those without one at one server. */
function clientOf({ account, request }: Exchange): string {
  return account === undefined ? `server ${shortened(request.server)}` : `account ${account.id}`;
}

function targetOf({ request: { method, server, path, query } }: Exchange, client: string): string {
  return shortened(`${client}\n${method} ${server}${path}?${query.includes("&") ? sortQuery(query) : query}`, longestTarget);
}

/** Is an exchange, surely later than all before it, no part of what these attempts make? */
function isOver({ attempts }: Target, exchange: Exchange, isDone: boolean): boolean {
  const last = attempts.at(-1) as Attempt;
  const gap = Number(exchange.startedAt) - Number(last.moment.endedAt);
  return gap > reachOf(last) || (isDone && gap >= 0 && lastSuccesses({ attempts }).length >= recovered);
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
