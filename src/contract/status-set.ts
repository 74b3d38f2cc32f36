import type { StatusSet } from "../model/contract.ts";

/** The statuses of an entry such as `404`, `"4XX"` or `[400, 422]`. */
export interface StatusRange extends StatusSet {
  /** Names one status, and nothing else. */
  readonly single: boolean;
  /** Every status in it, ascending. */
  readonly all: readonly number[];
}

type Entry = string | number;

export function makeStatusSet(entry: Entry | readonly Entry[]): StatusRange {
  const entries = typeof entry === "object" ? entry : [entry];
  return fromStatuses(entries.flatMap(expand), entries.map(String).join(", "));
}

/** What is an error wherever a contract does not say otherwise. */
export const errorStatuses: StatusRange = fromStatuses([...range(400, 599)], "400 to 599");

function fromStatuses(statuses: readonly number[], text: string): StatusRange {
  const members = new Set(statuses);
  return { text, single: members.size === 1, all: [...members].sort((a, b) => a - b), has: (status) => members.has(status) };
}

/** `4XX` -> 400 to 499; `404` or `"404"` -> 404. */
function expand(entry: Entry): number[] {
  const text = String(entry);
  const first = Number(text[0]) * 100;
  return /^[1-5]XX$/.test(text) ? [...range(first, first + 99)] : [Number(text)];
}

function* range(from: number, to: number): Generator<number> {
  for (let status = from; status <= to; status++) yield status;
}
