import { isObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { Ask, AskBody, Asks } from "../../ask.ts";
import type { Asking } from "../../probe.ts";
import { badRequestRows, missingRows, namesOf, rowsWith, rowsWithAny } from "../aims.ts";
import { aWriteWithBody, type PlannedWrite } from "../choice.ts";
import { askerOf, makeAsk, noAccount, nobodys, ownOf } from "../make-ask.ts";

/** A body that an operation must refuse. */
export interface BadBody {
  readonly purpose: string;
  readonly body: AskBody;
  /** [1] */
  readonly level?: Ask["level"];
}

/** What the probes that send bad bodies need. */
export const needsBody = "a request with a JSON object as its body";

export const noBody = "no request with a JSON object as its body in the plan";

/**
 * Sends bad bodies to one write, with an id that nobody has. Where whatever is sent may be looked at only after that id, the answer may be that
 * there is no such thing, just as well.
 */
export function* askWith(
  asking: Asking,
  bodies: (valid: JsonObject) => readonly BadBody[],
  /** What refuses them beside what refuses any bad request. */
  ...also: readonly number[]
): Asks {
  const as = askerOf(asking);
  const write = aWriteWithBody(asking);
  if (as === undefined) {
    yield noAccount;
    return;
  }
  if (write === undefined) {
    yield { skip: noBody, aims: namesOf(rowsWithAny(asking, ...also, 400, 422)) };
    return;
  }
  const { request } = write;
  const aims = namesOf(rowsWith(asking, request, ...also), badRequestRows(asking, request), missingRows(asking, request));
  for (const { purpose, body, level = 1 } of bodies(filledBody(asking, write)))
    yield makeAsk(nobodys(asking, request), { purpose, level, as, aims, body, mustFail: true });
}

/** The valid body with the ids of whoever asks; as the plan has it, where it lacks any. */
function filledBody(asking: Asking, { request, body }: PlannedWrite): JsonObject {
  const filled = ownOf(asking, request);
  if ("lacks" in filled || typeof filled.body?.content !== "string") return body;
  const value: Json = JSON.parse(filled.body.content);
  return isObject(value) ? value : body;
}

/** The valid body with each of its members of a type it cannot have. */
export function wrongTypes(valid: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(valid).map(([name, value]) => [name, wrongType(value)]));
}

/** An object in place of a text, a number, a truth value; a text in place of an object or a list. */
export function wrongType(value: unknown): JsonObject | string {
  return typeof value === "object" && value !== null ? "envelint" : { envelint: true };
}
