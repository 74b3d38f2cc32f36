import { withKey } from "../../idempotency-key.ts";
import type { Probe } from "../../probe.ts";
import { changeBody } from "./change-body.ts";
import { onFresh, told } from "./fresh.ts";
import { ownKeyedRequests } from "./keyed-request.ts";
import { useOf } from "./used-keys.ts";

export const reuse: Probe = {
  id: "idem/reuse",
  summary: "an idempotency key is used again for another request",
  needs: "what idem/launch needs, and a body in which something can be changed or something else to act on",
  after: ["idem/launch"],
  *ask(asking) {
    for (const keyed of yield* ownKeyedRequests(asking)) {
      const { owner, idempotency, operation, resource } = keyed;
      const aims = idempotency.reuse === undefined ? [] : [idempotency.reuse.name];
      const use = useOf(asking, operation);
      if ("skip" in use) {
        yield { ...use, aims };
        continue;
      }
      const common = { level: 2, as: { account: owner }, aims } as const;
      const changed = changeBody(use.request, idempotency);
      if (changed === undefined) yield { skip: `${operation}: the plan's body has no text or number to change`, aims };
      else yield { ...changed.request, ...common, purpose: `${operation} with a used key, and another ${changed.member}` };
      const other = resource && (yield* onFresh(asking, keyed, owner, 1));
      const filled = other && (yield* told(operation, withKey(other, idempotency, use.key)));
      if (filled !== undefined) yield { ...filled, ...common, purpose: `${operation} with a used key, of another ${resource?.resource}` };
    }
  },
};
