import { parseContract } from "../../src/contract/parse.ts";
import type { Contract, ErrorAnswer, Meeting } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";

/** One line on how an answer met the rows: `met course-not-found`, `open a, b`, `refused code: a, b`. */
export function tell(contract: Contract, exchange: Exchange): string {
  const answer = contract.read(exchange);
  return answer === undefined ? "no error" : answer.meetings.map(tellMeeting).join(" | ");
}

function tellMeeting(meeting: Meeting): string {
  switch (meeting.kind) {
    case "met":
      return `met ${meeting.row.name}`;
    case "open":
      return `open ${meeting.rows.map((row) => row.name).join(", ")}`;
    case "refused":
      return `refused ${meeting.step}: ${meeting.before.map((row) => row.name).join(", ")}`;
  }
}

/** The answer to an exchange that must be an error. */
export function readError(contract: Contract, exchange: Exchange): ErrorAnswer {
  const answer = contract.read(exchange);
  if (answer === undefined) throw new Error("not an error");
  return answer;
}

/** A contract of the given lines, with what every contract needs before them. */
export function contractOf(text: string): Contract {
  return parseContract(`envelint: 1\ntitle: Test\n${text}`);
}
