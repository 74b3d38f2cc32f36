import type { ErrorAnswer, Role } from "../../model/contract.ts";
import { listed } from "../../syntax/wording.ts";
import { type Kind, parentOf } from "./body-kinds.ts";
import { type ErrorOutcome, placeOfRole } from "./error-outcome.ts";
import { type Alike, mostMessages } from "./outcome-tally.ts";
import { severalSamples } from "./status-weight.ts";
import type { Suspicion, Verdict } from "./suspicion.ts";

const tooFew = "fewer than three answers before the change";
const hidden = "headers hidden from the page script that made the capture";

/** Answers of one status, type and code, before and after. */
export interface AlikeSides {
  readonly before: Alike;
  /** Of all requests before; undefined = forgotten. */
  readonly usual: Alike | undefined;
  readonly after: Alike;
}

/** What one answer lacks, has more than or has otherwise than all that were like it before. */
export function* suspectParts(sides: AlikeSides, outcome: ErrorOutcome, answer: ErrorAnswer): Generator<Suspicion> {
  const { said } = outcome;
  if (said?.kinds !== undefined && sides.before.withKinds > 0) yield* suspectMembers(sides, said.kinds, said.missing);
  yield* suspectFields(sides, outcome, answer);
  yield* suspectMessage(sides, outcome, answer);
}

function* suspectMembers(
  { before, usual, after }: AlikeSides,
  kinds: ReadonlyMap<string, Kind>,
  missing: ReadonlySet<Role>,
): Generator<Suspicion> {
  const samples = () => Math.min(before.withKinds, after.withKinds);
  const common = { status: before.status, before: before.first, samples };
  // Where the parent is another, its members need no word.
  const hasParent = (pointer: string) => {
    const kind = kinds.get(parentOf(pointer));
    return pointer === "" || (kind !== undefined && before.kinds.get(parentOf(pointer))?.kinds.has(kind) === true);
  };
  for (const [pointer, old] of before.kinds) {
    const found = kinds.get(pointer);
    if (!hasParent(pointer) || (found !== undefined && old.kinds.has(found))) continue;
    const here = { ...common, what: pointer, place: { kind: "body", pointer } as const };
    const expected = listed(old.kinds);
    if (found !== undefined) {
      const isOther = () => [...(after.kinds.get(pointer)?.kinds ?? [])].every((kind) => !old.kinds.has(kind));
      yield { ...here, kind: "member-type", expected, found, judge: () => (isOther() ? "held" : "refuted") };
    } else if (old.count === before.withKinds) {
      const always = wasAlways(pointer);
      if (always === "refuted") continue;
      yield { ...here, kind: "member-removed", expected, found: "absent", judge: () => (after.kinds.has(pointer) ? "refuted" : always) };
    }
  }
  const known = isKnownWell() ? "held" : tooFew;
  for (const [pointer, found] of kinds)
    if (!before.kinds.has(pointer) && !usual?.kinds.has(pointer) && hasParent(pointer))
      yield {
        ...common,
        kind: "member-added",
        what: pointer,
        place: { kind: "body", pointer },
        expected: "absent",
        found,
        judge: () => known,
      };

  function wasAlways(pointer: string): Verdict {
    if (before.withKinds >= severalSamples || isOwed(pointer)) return "held";
    if (usual !== undefined && usual.kinds.get(pointer)?.count !== usual.withKinds) return "refuted";
    return isKnownWell() ? "held" : tooFew;
  }
  /** The contract forbids what is seen: no other samples are needed. */
  function isOwed(pointer: string): boolean {
    const role = before.required.get(pointer);
    return role !== undefined && missing.has(role);
  }
  function isKnownWell(): boolean {
    return before.withKinds >= severalSamples || (usual !== undefined && usual.withKinds >= severalSamples);
  }
}

function* suspectFields({ before, after }: AlikeSides, { fields, status }: ErrorOutcome, answer: ErrorAnswer): Generator<Suspicion> {
  const samples = () => Math.min(before.withFields, after.withFields);
  for (const [name, { count, required }] of before.fields) {
    if (count < before.withFields || answer.exchange.response.headers.get(name) !== undefined) continue;
    const place = { kind: "header", name } as const;
    const common = {
      kind: "header-removed",
      status,
      place,
      expected: name,
      found: "no such header",
      before: before.first,
      samples,
    } as const;
    if (fields === null) {
      yield { ...common, what: `hidden ${name}`, judge: () => (after.withFields > 0 ? "moot" : hidden) };
      continue;
    }
    const always = required || before.withFields >= severalSamples ? "held" : tooFew;
    yield { ...common, what: name, judge: () => (after.fields.get(name)?.count === 0 ? always : "refuted") };
  }
}

function* suspectMessage({ before, after }: AlikeSides, { said, status }: ErrorOutcome, answer: ErrorAnswer): Generator<Suspicion> {
  const { messages } = before;
  if (said === undefined || said.message === "" || messages.has("")) return;
  if (messages.size === 0 || messages.size >= mostMessages || messages.has(said.message)) return;
  const [expected = ""] = messages;
  const judge = () => ([...after.messages].some((message) => messages.has(message)) ? "refuted" : "held");
  const samples = () => Math.min(before.samples, after.samples);
  const place = placeOfRole(answer, "message");
  yield { kind: "message", status, what: "message", place, expected, found: said.message, before: before.first, samples, judge };
}
