import type { Watching, Witness } from "../../model/rule.ts";
import { keepable, shortened } from "../shortened.ts";
import type { ChangeKind } from "./suspicion.ts";

/** Cases of one kind that cannot be judged. */
interface UnknownCases {
  readonly of: ChangeKind;
  readonly on: Pick<Witness, "server">;
  readonly reason: string;
  count: number;
}

/** Counts what cannot be judged until a rule reports it, at the end. */
export class UnknownTally {
  readonly #cases = new Map<string, UnknownCases>();

  add(of: ChangeKind, server: string, reason: string): void {
    const key = JSON.stringify([of, shortened(server), reason]);
    const cases = this.#cases.get(key) ?? { of, on: { server: keepable(server) }, reason, count: 0 };
    cases.count++;
    this.#cases.set(key, cases);
  }

  report(of: ChangeKind, { unobservable }: Pick<Watching, "unobservable">): void {
    for (const { on, reason, count, ...cases } of this.#cases.values())
      if (cases.of === of) for (let each = 0; each < count; each++) unobservable(on, reason);
  }
}
