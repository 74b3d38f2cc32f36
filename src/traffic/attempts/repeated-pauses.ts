import type { Memory, Watching } from "../../model/rule.ts";

/** Series kept of one client. */
const limit = 20;

/** The pauses that each client made before its retries, series by series. */
export class RepeatedPauses {
  readonly #series: Memory<(readonly number[])[]>;
  readonly #tolerance: number;

  /** `tolerance`: the share of the longer of two pauses within which they are the same. */
  constructor({ remember }: Pick<Watching, "remember">, tolerance: number) {
    this.#series = remember(1_000);
    this.#tolerance = tolerance;
  }

  /** Notes a series, and says how many of its client's there are, this one included, that have the same pauses as far as both go. */
  note(client: string, pauses: readonly number[]): number {
    const series = this.#series.get(client) ?? [];
    const alike = series.filter((other) => this.#areAlike(other, pauses)).length;
    series.push(pauses);
    if (series.length > limit) series.shift();
    this.#series.set(client, series);
    return alike + 1;
  }

  #areAlike(one: readonly number[], other: readonly number[]): boolean {
    return one.slice(0, other.length).every((pause, index) => {
      const second = other[index] as number;
      return Math.abs(pause - second) < this.#tolerance * Math.max(pause, second);
    });
  }
}
