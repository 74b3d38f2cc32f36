import type { Skip } from "../../ask.ts";
import { withKey } from "../../idempotency-key.ts";
import type { Probe } from "../../probe.ts";
import { noAccount } from "../make-ask.ts";
import { alreadyDone } from "./already-done.ts";
import { onFresh, told } from "./fresh.ts";
import { keyedRequests, ownKeyedRequests } from "./keyed-request.ts";

/** Where nothing is left to do, and where nothing is. */
export const missing: Probe = {
  id: "idem/missing",
  summary: "a required idempotency key is left out where nothing is left to do",
  needs: "something with which the operation was done already",
  *ask(asking) {
    const { owner } = asking;
    for (const keyed of keyedRequests(asking)) {
      if ("skip" in keyed) {
        yield keyed;
        continue;
      }
      const { idempotency, operation, request, resource } = keyed;
      if (keyed.duty !== "required") {
        yield keyIsOptional(operation);
        continue;
      }
      const aims = idempotency.missing === undefined ? [] : [idempotency.missing.name];
      if (owner === undefined) {
        yield { ...noAccount, aims };
        continue;
      }
      const common = { level: 1, as: { account: owner }, aims, mustFail: true } as const;
      const done = alreadyDone(asking, keyed, owner);
      if ("skip" in done) yield { ...done, aims };
      else if (done.level === 1) {
        const filled = yield* told(operation, withKey(done.request, idempotency, undefined));
        if (filled !== undefined) yield { ...filled, ...common, purpose: `${operation} without a key, done already` };
      }
      if (resource === undefined) {
        if (!("skip" in done) && done.level > 1) yield { skip: `${operation} makes something new each time (idem/missing-fresh asks it)` };
        continue;
      }
      const nowhere = asking.missing(request, owner);
      const filled = yield* told(operation, "lacks" in nowhere ? nowhere : withKey(nowhere, idempotency, undefined));
      if (filled !== undefined) yield { ...filled, ...common, purpose: `${operation} without a key, of what nobody has` };
    }
  },
};

/** Where a server that lets it pass acts. */
export const missingFresh: Probe = {
  id: "idem/missing-fresh",
  summary: "a required idempotency key is left out where there is something to do",
  needs: "something with which the operation was never done",
  *ask(asking) {
    for (const keyed of yield* ownKeyedRequests(asking)) {
      const { owner } = keyed;
      if (keyed.duty !== "required") {
        yield keyIsOptional(keyed.operation);
        continue;
      }
      const { idempotency, operation } = keyed;
      const fresh = yield* onFresh(asking, keyed, owner, 0);
      const filled = fresh && (yield* told(operation, withKey(fresh, idempotency, undefined)));
      if (filled === undefined) continue;
      const aims = idempotency.missing === undefined ? [] : [idempotency.missing.name];
      yield { ...filled, level: 2, as: { account: owner }, aims, mustFail: true, purpose: `${operation} without a key` };
    }
  },
};

function keyIsOptional(operation: string): Skip {
  return { skip: `${operation} may go without a key` };
}
