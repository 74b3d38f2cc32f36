import type { Policy } from "./policy.ts";

/** So many requests in so many milliseconds, for each account. */
export interface Limit {
  readonly requests: number;
  readonly window: number;
}

/** A sliding window over each account's requests. Refused requests do not count. */
export class Limiter {
  readonly #limit: Limit;
  readonly #served = new Map<string, number[]>();

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** Takes the place of an account's request below a path's first segment. 0 = served; else the whole seconds to wait. */
  take(asker: string, route: string, now: number, policy: Policy): number {
    const { requests, window } = this.#limit;
    const account = { account: asker, route: `${asker} ${route}`, server: "" }[policy.limitPer];
    const served = (this.#served.get(account) ?? []).filter((at) => at > now - window - policy.releaseLate);
    this.#served.set(account, served);
    const oldest = served.at(-requests);
    if (oldest === undefined || !policy.limited) {
      served.push(now);
      return 0;
    }
    const from = policy.penalised ? now + 1_000 : oldest;
    if (policy.penalised) this.#served.set(account, new Array<number>(requests).fill(from));
    return Math.max(1, Math.ceil((from + window - now) / 1000));
  }

  /** As if the account's other clients had sent so many requests just now. */
  spend(account: string, requests: number, now: number): void {
    this.#served.set(account, [...(this.#served.get(account) ?? []), ...new Array<number>(requests).fill(now)]);
  }
}
