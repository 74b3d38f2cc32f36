import type { Json } from "../../../model/json.ts";
import { withArticle } from "../../../syntax/wording.ts";
import type { Asker, Asks } from "../../ask.ts";
import type { Asking, Probe } from "../../probe.ts";
import { idsToLose } from "../choice.ts";
import { askerOf, makeAsk, noAccount } from "../make-ask.ts";
import { orSay } from "../or-say.ts";
import { withNewKey } from "../with-new-key.ts";

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
    yield* orSay(referTo(asking, as), {
      skip:
        asking.contract.masking.length === 0 ? "the contract masks nothing" : "no request in the plan whose body names a masked resource",
    });
  },
};

function* referTo(asking: Asking, as: Asker): Asks {
  for (const resource of asking.plan.resources) {
    const { parameter } = resource;
    const masking = asking.contract.masking.find((each) => each.resource === resource.resource);
    if (parameter === undefined || masking === undefined) continue;
    const aims = [masking.answer.name];
    const request = asking.plan.requests.find(
      ({ body, parameters }) => !parameters.includes(parameter) && mentions(body, `{${parameter}}`),
    );
    if (request === undefined) continue;
    const path = idsToLose(asking, request);
    if ("lacks" in path) {
      yield { skip: path.lacks, aims };
      continue;
    }
    const filled = asking.fill(request, { ...path, [parameter]: asking.missingId(resource) }, asking.owner);
    const purpose = `a body with ${withArticle(resource.resource)} that nobody has`;
    yield makeAsk(withNewKey(asking, request, filled), { purpose, level: 2, as, aims, mustFail: true });
  }
}

function mentions(value: Json | undefined, text: string): boolean {
  if (typeof value !== "object" || value === null) return value === text;
  return Object.values(value).some((member: Json) => mentions(member, text));
}
