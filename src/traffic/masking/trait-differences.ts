import type { Place } from "../../model/place.ts";
import { listed, quoted } from "../../syntax/wording.ts";
import { steadyTraits, type Trait, type Traits } from "./answer-traits.ts";

/** A trait that is one thing in all answers of a kind and another in all of the other kind. */
export interface TraitDifference {
  readonly trait: Trait;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * What tells two kinds of answers apart. A trait that varies within a kind is noise; with one answer of `theirs` to learn from, only the
 * steady ones are compared. What merely follows from another difference is left out.
 */
export function differences(ours: readonly Traits[], theirs: readonly Traits[]): TraitDifference[] {
  const found: TraitDifference[] = [];
  for (const trait of ours[0]?.keys() ?? []) {
    if (theirs.length < 2 && !steadyTraits.has(trait)) continue;
    const [one, other] = [constantOf(ours, trait), constantOf(theirs, trait)];
    if (one !== undefined && other !== undefined && one !== other) found.push({ trait, ours: one, theirs: other });
  }
  return withoutConsequences(found);
}

/** Leaves out what merely follows from another difference. */
export function withoutConsequences<Difference extends TraitDifference>(found: readonly Difference[]): Difference[] {
  const has = (...traits: Trait[]) => found.some(({ trait }) => traits.includes(trait));
  for (const whole of ["answered", "status"] as const) if (has(whole)) return found.filter(({ trait }) => trait === whole);
  // A role that only one of them has shows among the members too.
  const hasLoneRole = found.some((each) => /^(?:type|code|param|message)$/.test(each.trait) && [each.ours, each.theirs].includes("none"));
  const inBody = has("mediaType", "type", "code", "param", "message", "members");
  return found.filter(({ trait }) => {
    if (trait === "members") return !hasLoneRole;
    if (trait === "memberTypes") return !hasLoneRole && !has("members");
    if (trait === "echo") return !inBody;
    if (trait === "length") return !inBody && !has("memberTypes", "echo");
    if (trait === "headerOrder") return !has("headerNames");
    if (trait === "cookies") return !has("cookieNames");
    if (trait === "header content-type") return !has("mediaType", "headerNames");
    if (trait === "header content-length") return !inBody && !has("memberTypes", "echo", "length", "headerNames");
    return !isHeaderValue(trait) || !has("headerNames");
  });
}

export function isHeaderValue(trait: Trait): trait is `header ${string}` {
  return trait.startsWith("header ");
}

/** One side of a difference, for people; of header fields only those that the other side lacks. */
export function showTrait(trait: Trait, value: string, other: string): string {
  if (isHeaderValue(trait)) return `${titleOf(trait)} ${quoted(value)}`;
  if (trait !== "headerNames") return quoted(value);
  const lacked = new Set(other.split(", "));
  return listed(
    value.split(", ").filter((name) => name !== "" && !lacked.has(name)),
    "and",
  );
}

/** Where in the answer a trait stands. */
export function placeOfTrait(trait: Trait): Place {
  if (isHeaderValue(trait)) return { kind: "header", name: titleOf(trait) };
  switch (trait) {
    case "status":
    case "reason":
      return { kind: "status" };
    case "mediaType":
      return { kind: "header", name: "Content-Type" };
    case "cookieNames":
    case "cookies":
      return { kind: "header", name: "Set-Cookie" };
    case "answered":
    case "headerNames":
    case "headerOrder":
      return { kind: "exchange" };
    default:
      return { kind: "body", pointer: "" };
  }
}

/** The field as it is usually written: `Cache-Control`, `ETag`. */
function titleOf(trait: `header ${string}`): string {
  const name = trait.slice(7);
  return name === "etag" ? "ETag" : name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function constantOf(answers: readonly Traits[], trait: Trait): string | undefined {
  const [first, ...rest] = answers.map((traits) => traits.get(trait));
  return rest.every((value) => value === first) ? first : undefined;
}
