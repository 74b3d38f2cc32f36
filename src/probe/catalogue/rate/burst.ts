import type { RateLimit } from "../../../model/contract.ts";
import type { Ask, Reply, Step } from "../../ask.ts";
import type { Asking, Probe } from "../../probe.ts";
import { isLimited, limitRows, releaseOf } from "./limit-answer.ts";
import { readsOf } from "./reads.ts";
import { askTooEarly, askWhenReleased } from "./release.ts";
import { askWhileLimited } from "./while-limited.ts";

/** Requests that are under way at once. */
const atOnce = 8;

/** All that a limit is asked, in one go: while it lasts. */
export const burst: Probe = {
  id: "rate/burst",
  summary: "requests as fast as they go, until the rate limit answers; then what it holds back, and for how long",
  needs: "a dedicated account, and the contract's rate limit",
  *ask(asking) {
    const { contract, owner } = asking;
    const aims = limitRows(contract).map(({ name }) => name);
    const lack = lackOf(asking);
    const [read] = owner === undefined ? [] : readsOf(asking, owner);
    if (lack !== undefined || owner === undefined || read === undefined || contract.rateLimit === undefined) {
      yield { skip: lack ?? "no GET of the plan can be asked as the first account", aims };
      return;
    }
    const ask: Omit<Ask, "purpose"> = { ...read.request, level: 3, as: { account: owner }, aims, unpaced: true, takesLimit: true };
    const limited = yield* exhaust(asking, ask);
    if (limited === undefined) {
      yield { skip: "the limit was not reached, so nothing is known of when it ends" };
      return;
    }
    const release = releaseOf(limited) ?? limited.endedAt + contract.rateLimit.window * 1_000;
    if (release - limited.endedAt > asking.plan.limits.patience) {
      yield { skip: `the limit lasts longer than limits.patience (${asking.plan.limits.patience / 1_000} s)` };
      return;
    }
    yield* askWhileLimited(asking, read, ask);
    const later = yield* askTooEarly(ask, { from: limited.endedAt, release });
    if (later !== undefined) yield* askWhenReleased(ask, later);
  },
};

/** What the contract or the plan lacks for a burst. */
function lackOf({ contract, plan }: Asking): string | undefined {
  if (contract.rateLimit === undefined) return "the contract states no rate limit";
  const { requests } = contract.rateLimit;
  if (plan.limits.burst <= requests) return `limits.burst (${plan.limits.burst}) is not above the contract's limit of ${requests} requests`;
  return undefined;
}

/**
 * Sends requests until one is turned away: gives that answer. A window that ended meanwhile may have let all of them pass, so some more are
 * sent, as many as no two windows together let pass. In a dry run all goes well with the last of the first.
 */
function* exhaust(asking: Asking, ask: Omit<Ask, "purpose">): Generator<Step, Reply | undefined, readonly Reply[]> {
  const { contract, plan } = asking;
  const { burst } = plan.limits;
  const first = yield* send(asking, { ...ask, purpose: "burst, until the limit answers" }, burst, quietBefore(asking));
  if (first !== "all passed") return first === "not sent" ? unsent(contract.rateLimit) : first;
  const more = Math.min(burst, 2 * (contract.rateLimit?.requests ?? 0) + 2 - burst);
  const second = yield* send(asking, { ...ask, purpose: "burst, as many as the next window may let pass" }, more);
  return typeof second === "string" ? undefined : second;
}

/**
 * Milliseconds without a request before a burst: where a window slides, what was asked before would let the limit end too soon for anything
 * to be seen of it. Not where it is longer than a run waits.
 */
function quietBefore({ contract, plan }: Asking): number {
  const window = (contract.rateLimit?.window ?? 0) * 1_000;
  return window <= plan.limits.patience ? window : 0;
}

/** Sends so many requests after a pause, some at once, until one is turned away. */
function* send(
  { contract }: Asking,
  ask: Ask,
  count: number,
  after = 0,
): Generator<Step, Reply | "all passed" | "not sent", readonly Reply[]> {
  let isSent = true;
  for (let left = count; left > 0; left -= atOnce) {
    const now = left === count && after > 0 ? { ...ask, after } : ask;
    const replies = yield Array.from({ length: Math.min(atOnce, left) }, () => now);
    const limited = replies.filter((reply) => isLimited(reply, contract)).sort((a, b) => a.endedAt - b.endedAt);
    const last = limited.at(-1);
    if (last !== undefined) return last;
    isSent &&= replies.length > 0;
  }
  return isSent ? "all passed" : "not sent";
}

/** The answer that would have come. */
function unsent(rateLimit: RateLimit | undefined): Reply {
  const seconds = String(rateLimit?.window ?? 60);
  const header = (name: string) => (name.toLowerCase() === "retry-after" ? seconds : undefined);
  return { status: 429, header, text: "", json: () => undefined, startedAt: 0, endedAt: 0 };
}
