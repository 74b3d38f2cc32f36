import type { Witness } from "../../model/rule.ts";
import { keepable, shortened } from "../shortened.ts";

/** Cases of one kind that cannot be judged. */
export interface UnknownCases {
  readonly of: "status" | "type";
  readonly on: Pick<Witness, "server">;
  readonly reason: string;
  count: number;
}

/** Counts what cannot be judged until it is asked for, at the end. */
export class UnknownTally {
  readonly #cases = new Map<string, UnknownCases>();

  add(of: UnknownCases["of"], server: string, reason: string): void {
    const key = JSON.stringify([of, shortened(server), reason]);
    const cases = this.#cases.get(key) ?? { of, on: { server: keepable(server) }, reason, count: 0 };
    cases.count++;
    this.#cases.set(key, cases);
  }

  of(of: UnknownCases["of"]): UnknownCases[] {
    return [...this.#cases.values()].filter((cases) => cases.of === of);
  }
}
