import type { Account, Exchange } from "../../model/exchange.ts";
import type { Memory, Watching } from "../../model/rule.ts";
import { type Period, periodOf, precedes, widen } from "../moment.ts";

/** When each account was active: two credentials may be one account's, the second taking over from the first. */
export class AccountPeriods {
  readonly #periods: Memory<Period>;

  constructor({ remember }: Pick<Watching, "remember">) {
    this.#periods = remember(1_000);
  }

  note(exchange: Exchange): void {
    if (exchange.account === undefined) return;
    const period = this.#periods.get(exchange.account.id);
    if (period === undefined) this.#periods.set(exchange.account.id, periodOf(exchange));
    else widen(period, exchange);
  }

  /** Surely two accounts: the user named them differently, or each was active both before and after the other. */
  areApart(a: Account, b: Account): boolean {
    if (a.name !== undefined && b.name !== undefined) return a.name !== b.name;
    const [ours, theirs] = [this.#periods.get(a.id), this.#periods.get(b.id)];
    return ours !== undefined && theirs !== undefined && precedes(theirs.first, ours.last) && precedes(ours.first, theirs.last);
  }
}
