import { withKey } from "../../idempotency-key.ts";
import type { Probe } from "../../probe.ts";
import { onFresh, told } from "./fresh.ts";
import { keyedRequests } from "./keyed-request.ts";
import { useOf } from "./used-keys.ts";

export const crossAccount: Probe = {
  id: "idem/cross-account",
  summary: "an idempotency key that another account has used",
  needs: "what idem/launch needs, and the same of a second account",
  after: ["idem/launch"],
  *ask(asking) {
    const { stranger } = asking;
    for (const keyed of keyedRequests(asking)) {
      if ("skip" in keyed) {
        yield keyed;
        continue;
      }
      const { idempotency, operation } = keyed;
      const use = useOf(asking, operation);
      if (stranger === undefined || "skip" in use) {
        yield "skip" in use ? use : { skip: "no second account in the plan" };
        continue;
      }
      const fresh = yield* onFresh(asking, keyed, stranger, 0);
      const filled = fresh && (yield* told(operation, withKey(fresh, idempotency, use.key)));
      if (filled === undefined) continue;
      yield { ...filled, level: 2, as: { account: stranger }, purpose: `${operation} of one's own with another account's key` };
    }
  },
};
