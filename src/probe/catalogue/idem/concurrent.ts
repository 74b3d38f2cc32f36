import type { Ask } from "../../ask.ts";
import { newKey, withKey } from "../../idempotency-key.ts";
import type { Probe } from "../../probe.ts";
import { onFresh, told } from "./fresh.ts";
import { ownKeyedRequests } from "./keyed-request.ts";

export const concurrent: Probe = {
  id: "idem/concurrent",
  summary: "one request is sent twice at once, with one idempotency key",
  needs: "a second thing with which the operation was never done",
  *ask(asking) {
    for (const keyed of yield* ownKeyedRequests(asking)) {
      const { owner, idempotency, operation } = keyed;
      const fresh = yield* onFresh(asking, keyed, owner, 1);
      const filled = fresh && (yield* told(operation, withKey(fresh, idempotency, newKey(asking, idempotency))));
      if (filled === undefined) continue;
      const aims = idempotency.inFlight === undefined ? [] : [idempotency.inFlight.name];
      const ask: Ask = { ...filled, level: 2, as: { account: owner }, aims, purpose: `${operation} twice at once with one key` };
      yield [ask, ask];
    }
  },
};
