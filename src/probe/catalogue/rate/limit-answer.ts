import type { Contract, Row } from "../../../model/contract.ts";
import { readRetryAfter, secondsOf } from "../../../syntax/retry-after.ts";
import type { Reply } from "../../ask.ts";

/** The rows that turn a request away for a while. */
export function limitRows({ rows }: Pick<Contract, "rows">): Row[] {
  return rows.filter((row) => row.status.has(429) && (row.retryAfter.presence === "required" || row.retry !== "never"));
}

/** Was a request turned away because there were too many? */
export function isLimited({ status }: Reply, contract: Pick<Contract, "rows">): boolean {
  return status === 429 || (status >= 400 && limitRows(contract).some((row) => row.status.has(status)));
}

/** When the next request will be served, as an answer says, in milliseconds since the epoch; undefined = it does not. */
export function releaseOf(reply: Reply): number | undefined {
  const field = reply.header("retry-after");
  const wait = field === undefined ? undefined : readRetryAfter([field], reply.endedAt);
  if (wait?.kind === "date") return wait.at;
  const seconds = wait === undefined ? undefined : secondsOf(wait, reply.endedAt);
  return seconds === undefined ? undefined : reply.endedAt + seconds * 1_000;
}
