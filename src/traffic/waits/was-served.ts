import { type ErrorAnswer, rowsLeft } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";

/** Did a request get past the limiter, to the API itself? */
export function wasServed({ response: { status } }: Exchange, answer: ErrorAnswer | undefined): boolean {
  if (status === 0 || status >= 500 || status === 429 || status === 401 || answer?.gateway !== undefined) return false;
  // Some APIs have another status for it than 429.
  return answer?.meetings.flatMap(rowsLeft).some(({ retry }) => retry === "retry-after") !== true;
}
