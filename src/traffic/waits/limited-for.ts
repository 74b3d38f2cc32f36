import { type Contract, type ErrorAnswer, type Row, rowsLeft } from "../../model/contract.ts";
import { isLimitRow, judgeRetryAfter } from "./retry-after-verdict.ts";

/** A rate limit that an answer announces: its row, and the seconds until it ends. undefined = it announces none, or not in a way to be relied on. */
export function limitedFor(answer: ErrorAnswer, contract: Contract): { readonly row: Row; readonly seconds: number } | undefined {
  const [row, ...others] = answer.meetings.flatMap(rowsLeft);
  if (row === undefined || others.length > 0 || !isLimitRow(row)) return undefined;
  const verdict = judgeRetryAfter(answer, contract);
  return verdict.kind === "fine" && verdict.seconds !== undefined ? { row, seconds: verdict.seconds } : undefined;
}
