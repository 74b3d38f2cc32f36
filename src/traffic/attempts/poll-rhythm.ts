/** Gaps that differ by no more than this share of the longer one, or by 50 ms, are steady. */
const slack = 0.2;

/** Whether a request is sent at a steady pace: three successes in a row, evenly apart, and no long pause since. */
export class PollRhythm {
  /** Of the successes in a row. */
  #starts: number[] = [];
  #last: { readonly start: number; readonly isDone: boolean } | undefined;
  #period: number | undefined;

  /** Notes an attempt, in order of time; true: it belongs to a poll. */
  note(start: number, isDone: boolean): boolean {
    // Only what follows a success is due: after an error a poll may have been told to wait.
    const isDue = this.#period !== undefined && this.#last?.isDone === true;
    if (isDue && start - (this.#last?.start ?? start) > 3 * (this.#period ?? 0)) this.#period = undefined;
    this.#last = { start, isDone };
    this.#starts = isDone ? [...this.#starts, start].slice(-3) : [];
    const [first, second, third] = this.#starts;
    if (first !== undefined && second !== undefined && third !== undefined && areSteady(second - first, third - second))
      this.#period = Math.max(second - first, third - second);
    return this.#period !== undefined;
  }
}

function areSteady(one: number, other: number): boolean {
  return Math.abs(one - other) <= Math.max(50, slack * Math.max(one, other));
}
