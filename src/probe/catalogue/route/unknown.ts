import type { Asker } from "../../ask.ts";
import type { Probe } from "../../probe.ts";
import { namesOf, unknownRouteRows } from "../aims.ts";
import { commonPath } from "../common-path.ts";
import { askerOf } from "../make-ask.ts";

export const unknown: Probe = {
  id: "route/unknown",
  summary: "an address that leads nowhere: with a credential and without, with a slash at its end, with a slash too many",
  needs: "nothing; better with an account",
  *ask(asking) {
    const known = askerOf(asking);
    const base = commonPath(asking.plan.requests);
    const segment = () => `envelint-${asking.random(12)}`;
    const read = (purpose: string, path: string, as: Asker) => ({
      purpose,
      level: 0 as const,
      method: "GET",
      path,
      as,
      aims: namesOf(unknownRouteRows(asking)),
    });
    if (known !== undefined && known !== "anonymous") {
      yield read("an unknown address", `${base}/${segment()}`, known);
      yield read("an unknown address, with a slash too many", `${base}//${segment()}`, known);
    }
    yield read("an unknown address, with a slash at its end, no credential", `${base}/${segment()}/`, "anonymous");
  },
};
