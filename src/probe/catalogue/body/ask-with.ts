import { isObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { Ask, AskBody, Asks, Skip } from "../../ask.ts";
import type { Asking } from "../../probe.ts";
import { badRequestRows, namesOf, rowsWith, rowsWithAny } from "../aims.ts";
import { aWriteWithBody, keyMember, type PlannedWrite } from "../choice.ts";
import { askerOf, makeAsk, noAccount, nobodys, ownOf, type Rest } from "../make-ask.ts";
import { withNewKey } from "../with-new-key.ts";

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

/** Makes bodies of a write. Each call has a new key, where the contract has it in the body. */
export interface BodyMaker {
  /** As the plan has it. */
  valid(): JsonObject;
  /** Each member of a type it cannot have. */
  wrong(): JsonObject;
}

/**
 * Sends bad bodies to one write. Only where there is no other, it is of what nobody has: an answer that there is no such thing says nothing of the
 * body then, and meets none of the rows.
 */
export function* askWith(
  asking: Asking,
  bodies: (make: BodyMaker) => readonly BadBody[],
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
  const aims = namesOf(rowsWith(asking, request, ...also), badRequestRows(asking, request));
  for (const { purpose, body, level = 1 } of bodies(bodyMaker(asking, write)))
    yield askWithBody(asking, write, body, { purpose, level, as, aims });
}

/** The write with a bad body, and a new key. On what is there it is as dangerous as a body that somebody may make sense of. */
export function askWithBody(asking: Asking, { request, on }: PlannedWrite, body: AskBody, rest: Rest): Ask | Skip {
  const bare = { ...request, body: undefined };
  const filled = typeof on === "string" ? nobodys(asking, bare) : asking.fill(bare, on.ids, asking.owner);
  const level = typeof on === "string" || isMalformed(body) ? rest.level : 2;
  const keyed = isKeyInBody(asking) ? filled : withNewKey(asking, request, filled);
  return makeAsk(keyed, { ...rest, level, body, mustFail: true });
}

/** Can nobody read it as JSON? What is empty may be taken for an object without members. */
function isMalformed({ content }: AskBody): boolean {
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  if (text === "") return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

export function bodyMaker(asking: Asking, write: PlannedWrite): BodyMaker {
  const valid = filledBody(asking, write);
  const keyed = (members: JsonObject): JsonObject => {
    if (!isKeyInBody(asking)) return members;
    const body = { content: JSON.stringify(members), mediaType: "application/json" };
    const filled = withNewKey(asking, write.request, { method: write.request.method, path: write.request.path, headers: [], body });
    return "lacks" in filled ? members : (JSON.parse(String(filled.body?.content)) as JsonObject);
  };
  return { valid: () => keyed(valid), wrong: () => keyed(wrongTypes(valid)) };
}

function isKeyInBody(asking: Asking): boolean {
  return keyMember(asking) !== undefined;
}

/** The valid body with the ids of whoever asks; as the plan has it, where it lacks any. */
function filledBody(asking: Asking, { request, body }: PlannedWrite): JsonObject {
  const filled = ownOf(asking, request);
  if ("lacks" in filled || typeof filled.body?.content !== "string") return body;
  const value: Json = JSON.parse(filled.body.content);
  return isObject(value) ? value : body;
}

/** The valid body with each of its members of a type it cannot have. */
function wrongTypes(valid: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(valid).map(([name, value]) => [name, wrongType(value)]));
}

/** An object in place of a text, a number, a truth value; a text in place of an object or a list. */
export function wrongType(value: unknown): JsonObject | string {
  return typeof value === "object" && value !== null ? "envelint" : { envelint: true };
}
