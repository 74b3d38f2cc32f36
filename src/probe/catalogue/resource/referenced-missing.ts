import type { Json } from "../../../model/json.ts";
import type { PlannedRequest, PlannedResource } from "../../plan/plan.ts";
import type { Asking, Probe } from "../../probe.ts";
import { askerOf, makeAsk, noAccount } from "../make-ask.ts";

export const referencedMissing: Probe = {
  id: "resource/referenced-missing",
  summary: "a valid body that names something nobody has",
  needs: 'a request whose body holds a "{parameter}" of a masked resource; throw-away ids for its path',
  *ask(asking) {
    const as = askerOf(asking);
    if (as === undefined) {
      yield noAccount;
      return;
    }
    for (const resource of asking.plan.resources) {
      const { parameter } = resource;
      const masking = asking.contract.masking.find((each) => each.resource === resource.resource);
      if (parameter === undefined || masking === undefined) continue;
      const aims = [masking.answer.name];
      const request = asking.plan.requests.find(
        ({ body, parameters }) => !parameters.includes(parameter) && mentions(body, `{${parameter}}`),
      );
      if (request === undefined) continue;
      const path = throwAwayIds(asking, request);
      if ("lacks" in path) {
        yield { skip: path.lacks, aims };
        continue;
      }
      const filled = asking.fill(request, { ...path, [parameter]: asking.missingId(resource) }, asking.owner);
      yield makeAsk(filled, { purpose: `a body with a ${resource.resource} that nobody has`, level: 2, as, aims, mustFail: true });
    }
  },
};

function mentions(value: Json | undefined, text: string): boolean {
  if (typeof value !== "object" || value === null) return value === text;
  return Object.values(value).some((member: Json) => mentions(member, text));
}

/** Ids for a path that may be lost: of what it was done to already, else of what may be thrown away. */
function throwAwayIds(asking: Asking, request: PlannedRequest): Readonly<Record<string, string>> | { readonly lacks: string } {
  if (request.done !== undefined) return request.done;
  const ids: Record<string, string> = {};
  for (const resource of asking.resourcesOf(request)) {
    const id = idToLose(resource, asking.owner);
    if (resource.parameter === undefined || id === undefined) return { lacks: `no throw-away ${resource.resource} in the plan` };
    ids[resource.parameter] = id;
  }
  return ids;
}

function idToLose({ throwAway }: PlannedResource, owner: string | undefined): string | undefined {
  return owner === undefined ? undefined : throwAway[owner];
}
