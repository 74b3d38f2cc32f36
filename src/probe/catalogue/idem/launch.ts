import { newKey, withKey } from "../../idempotency-key.ts";
import type { Probe } from "../../probe.ts";
import { isSuccess, onFresh, told } from "./fresh.ts";
import { ownKeyedRequests } from "./keyed-request.ts";
import { noteUse } from "./used-keys.ts";

export const launch: Probe = {
  id: "idem/launch",
  summary: "a request with a new idempotency key, for those after it to repeat",
  needs: "something with which the operation was never done",
  *ask(asking) {
    for (const keyed of yield* ownKeyedRequests(asking)) {
      const { owner, idempotency, operation } = keyed;
      noteUse(asking, operation, { skip: `${operation} could not be done with a key (idem/launch)` });
      const key = newKey(asking, idempotency);
      const fresh = yield* onFresh(asking, keyed, owner, 0);
      const request = fresh && (yield* told(operation, withKey(fresh, idempotency, key)));
      if (request === undefined) continue;
      const [reply] = yield { ...request, level: 2, as: { account: owner }, purpose: `${operation} with a new key` };
      if (reply === undefined || isSuccess(reply)) noteUse(asking, operation, { key, request });
      else noteUse(asking, operation, { skip: `${operation} with a new key was answered ${reply.status} (idem/launch)` });
    }
  },
};
