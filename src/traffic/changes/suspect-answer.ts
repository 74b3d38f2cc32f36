import type { ErrorAnswer } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { ErrorOutcome } from "./error-outcome.ts";
import { type Alike, alikeKey } from "./outcome-tally.ts";
import { type Sides, type Suspicion, suspectRole, suspectServed, suspectStatus } from "./suspicion.ts";
import { suspectParts } from "./suspicion-of-parts.ts";

/** An error of after, and what all errors like it had in common before; undefined = forgotten. */
export interface ReadError {
  readonly answer: ErrorAnswer;
  readonly outcome: ErrorOutcome;
  readonly usual: Alike | undefined;
}

/**
 * What an answer of after makes one suspect, the first thing that clients look at alone: a status that changed brings another type along. An
 * error has been added to its side.
 */
export function suspectAnswer(sides: Sides, { response: { status } }: Exchange, error: ReadError | undefined): readonly Suspicion[] {
  if (error === undefined) return [suspectServed(sides, status) ?? []].flat();
  const { answer, outcome, usual } = error;
  const first = suspectStatus(sides, outcome) ?? suspectRole(sides, outcome, "type", answer) ?? suspectRole(sides, outcome, "code", answer);
  if (first !== undefined) return [first];
  const [before, after] = [sides.before.seen, sides.after.seen].map((seen) => seen?.alike.get(alikeKey(outcome)));
  return before === undefined || after === undefined ? [] : [...suspectParts({ before, usual, after }, outcome, answer)];
}
