import { type Contract, type ErrorAnswer, type Row, rowsLeft } from "../../model/contract.ts";
import { isForeignVoice } from "../duty.ts";

/** What the contract lets a client do after an error. */
export interface Conduct {
  /** undefined: several rows may be meant, and they differ. */
  readonly retry: Row["retry"] | undefined;
  /** The one row that says so; null where it is none or several. */
  readonly row: Row | null;
}

/** Several rules ask of one answer in turn. */
let last: { readonly answer: ErrorAnswer; readonly contract: Contract; readonly conduct: Conduct } | undefined;

/** Reads the rows an error may have met; what no row takes goes by `client.unlisted`. Of somebody in front of the API nothing is promised. */
export function conductAfter(answer: ErrorAnswer, contract: Contract): Conduct {
  if (last?.answer !== answer || last.contract !== contract) last = { answer, contract, conduct: read(answer, contract) };
  return last.conduct;
}

function read(answer: ErrorAnswer, { client }: Contract): Conduct {
  if (isForeignVoice(answer)) return { retry: "unspecified", row: null };
  const rows = answer.meetings.map(rowsLeft);
  const duties = new Set(rows.flatMap((left) => (left.length === 0 ? [client.unlisted] : left.map(({ retry }) => retry))));
  const [retry = client.unlisted] = duties;
  const [row, ...others] = new Set(rows.flat());
  return { retry: duties.size > 1 ? undefined : retry, row: others.length === 0 ? (row ?? null) : null };
}
