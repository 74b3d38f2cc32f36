import { type Chance, digits, lowerLetters } from "./chance.ts";
import { isRoomy, makeFarId } from "./far-id.ts";
import { makeLookAlike } from "./look-alike.ts";
import type { Plan, PlannedResource } from "./plan/plan.ts";
import { idsOf } from "./plan/planned-resources.ts";
import type { Use } from "./probe.ts";

/** Tries after which an id's look is held to be used up. */
const mostTries = 40;

/**
 * Makes ids that nobody has, as far as the plan knows, each one once. To be read they keep the look of the resource's, of which there may be few,
 * and one may exist; for anything else they are out of reach, or the very one that the plan says nobody has.
 */
export function makeMissingIds(plan: Plan, chance: Chance): (resource: PlannedResource, use?: Use) => string {
  const taken = new Set(plan.resources.flatMap(idsOf));
  return (resource, use = "write") => {
    if (use === "write" && resource.missing !== undefined && !isRoomy(resource.missing)) return resource.missing;
    const make = use === "read" ? makeLookAlike : makeFarId;
    for (let look = lookOf(resource, plan); ; look = lengthen(look, chance)) {
      for (let tries = 0; tries < mostTries; tries++) {
        const id = make(look, chance);
        if (taken.has(id)) continue;
        taken.add(id);
        return id;
      }
    }
  };
}

/** Are there ids of a resource's look that surely nobody has: since there are so many, or since the plan gives one? */
export function hasMissingOfItsLook(resource: PlannedResource, plan: Plan): boolean {
  return resource.missing !== undefined || isRoomy(lookOf(resource, plan));
}

/** The id whose look is taken: the one that the plan gives for it, the owner's, anybody's. Where there is none, one of no special look. */
function lookOf(resource: PlannedResource, { accounts }: Plan): string {
  const { own, throwAway, fresh, missing, parameter } = resource;
  const owner = accounts[0]?.name ?? "";
  return (
    missing ?? own[owner] ?? throwAway[owner] ?? fresh[owner]?.[0] ?? idsOf(resource)[0] ?? (parameter === undefined ? "/" : "") + plainLook
  );
}

const plainLook = "envelint00000000";

/** By one character of the kind of its last. */
function lengthen(look: string, chance: Chance): string {
  return look + chance.text(1, /[0-9]$/.test(look) ? digits : lowerLetters);
}
