import type { ErrorAnswer } from "../../model/contract.ts";
import { listed } from "../../syntax/wording.ts";
import { type Kind, parentOf } from "./body-kinds.ts";
import { type ErrorOutcome, placeOfRole } from "./error-outcome.ts";
import { type Alike, mostMessages } from "./outcome-tally.ts";
import { severalSamples } from "./status-weight.ts";
import type { Suspicion } from "./suspicion.ts";

/** Answers of one status, type and code, before and after. */
export interface AlikeSides {
  readonly before: Alike;
  /** Of all requests before; undefined = forgotten. */
  readonly usual: Alike | undefined;
  readonly after: Alike;
}

/** What one answer lacks, has more than or has otherwise than all that were like it before. */
export function* suspectParts(sides: AlikeSides, outcome: ErrorOutcome, answer: ErrorAnswer): Generator<Suspicion> {
  const { kinds } = outcome.said ?? {};
  if (kinds !== undefined && sides.before.withKinds > 0) yield* suspectMembers(sides, kinds);
  yield* suspectFields(sides, outcome, answer);
  yield* suspectMessage(sides, outcome, answer);
}

function* suspectMembers({ before, usual, after }: AlikeSides, kinds: ReadonlyMap<string, Kind>): Generator<Suspicion> {
  const common = { status: before.status, before: before.first };
  // Where the parent is another, its members need no word.
  const hasParent = (pointer: string) => {
    const kind = kinds.get(parentOf(pointer));
    return pointer === "" || (kind !== undefined && before.kinds.get(parentOf(pointer))?.kinds.has(kind) === true);
  };
  for (const [pointer, old] of before.kinds) {
    const found = kinds.get(pointer);
    if (!hasParent(pointer) || (found !== undefined && old.kinds.has(found))) continue;
    const common = { status: before.status, before: before.first, what: pointer, place: { kind: "body", pointer } as const };
    const expected = listed(old.kinds);
    if (found !== undefined) {
      const holds = () => [...(after.kinds.get(pointer)?.kinds ?? [])].every((kind) => !old.kinds.has(kind));
      yield { ...common, kind: "member-type", expected, found, holds };
    } else if (old.count === before.withKinds && wasAlways(pointer)) {
      yield { ...common, kind: "member-removed", expected, found: "absent", holds: () => !after.kinds.has(pointer) };
    }
  }
  if (!isKnownWell()) return;
  for (const [pointer, found] of kinds)
    if (!before.kinds.has(pointer) && !usual?.kinds.has(pointer) && hasParent(pointer))
      yield { ...common, kind: "member-added", what: pointer, place: { kind: "body", pointer }, expected: "absent", found, holds: always };

  function wasAlways(pointer: string): boolean {
    if (before.withKinds >= severalSamples) return true;
    return usual !== undefined && usual.withKinds >= severalSamples && usual.kinds.get(pointer)?.count === usual.withKinds;
  }
  function isKnownWell(): boolean {
    return before.withKinds >= severalSamples || (usual !== undefined && usual.withKinds >= severalSamples);
  }
}

function* suspectFields({ before, after }: AlikeSides, { fields, status }: ErrorOutcome, answer: ErrorAnswer): Generator<Suspicion> {
  if (fields === null) return;
  for (const [name, { count, required }] of before.fields) {
    if (count < before.withFields || answer.exchange.response.headers.get(name) !== undefined) continue;
    if (!required && before.withFields < severalSamples) continue;
    const holds = () => after.fields.get(name)?.count === 0;
    const place = { kind: "header", name } as const;
    yield { kind: "header-removed", status, what: name, place, expected: name, found: "no such header", before: before.first, holds };
  }
}

function* suspectMessage({ before, after }: AlikeSides, { said, status }: ErrorOutcome, answer: ErrorAnswer): Generator<Suspicion> {
  const { messages } = before;
  if (said === undefined || said.message === "" || messages.has("")) return;
  if (messages.size === 0 || messages.size >= mostMessages || messages.has(said.message)) return;
  const [expected = ""] = messages;
  const holds = () => [...after.messages].every((message) => !messages.has(message));
  const place = placeOfRole(answer, "message");
  yield { kind: "message", status, what: "message", place, expected, found: said.message, before: before.first, holds };
}

function always(): boolean {
  return true;
}
