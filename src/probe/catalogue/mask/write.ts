import { withArticle } from "../../../syntax/wording.ts";
import type { Asks } from "../../ask.ts";
import { withKey } from "../../idempotency-key.ts";
import type { PlannedRequest } from "../../plan/plan.ts";
import type { Asking, Filled, Probe } from "../../probe.ts";
import { isRead } from "../choice.ts";
import { orSay } from "../or-say.ts";
import { withNewKey } from "../with-new-key.ts";
import { askOwn, askPairs, type Pairing, tooFewIds } from "./ask-pairs.ts";
import { beyondBudget, isGet, isItself, requestsFor, type Stranding, strandings } from "./strangers.ts";
import { badBodies, bodiless, conditions, plain, type Variant } from "./variants.ts";

export const write: Probe = {
  id: "mask/write",
  summary: "a stranger writes to what is another account's, and to what nobody has, in turns; first with bodies that nobody acts on",
  needs: "two accounts, the first one's ids, unsafe requests, and something of the first's to throw away or done already",
  *ask(asking) {
    if (asking.depth === "plain") {
      yield beyondBudget(asking);
      return;
    }
    for (const stranding of strandings(asking)) {
      if ("skip" in stranding) yield stranding;
      else yield* orSay(writeAs(asking, stranding), { skip: `no write to ${withArticle(stranding.resource.resource)} in the plan` });
    }
  },
};

function* writeAs(asking: Asking, stranding: Stranding): Asks {
  const { resource, owner } = stranding;
  const writes = requestsFor(asking, stranding, (method) => !isRead({ method }) && method !== "TRACE");
  if (writes.length > 0 && !asking.hasMissingOfItsLook(resource)) {
    yield tooFewIds(stranding);
    return;
  }
  const throwAway = resource.throwAway[owner];
  const [read] = requestsFor(asking, stranding, isGet).filter((request) => isItself(request, stranding));
  const ids = new Set(writes.flatMap((request) => [throwAway, doneId(request, stranding)]).filter((id) => id !== undefined));
  const control = (when: string) => [...ids].flatMap((id) => (read === undefined ? [] : askOwn(asking, stranding, read, id, when)));
  yield* control("before");
  for (const request of writes) yield* tryBadly(asking, stranding, request);
  yield* tryOtherMethods(asking, stranding, writes, throwAway);
  if (throwAway === undefined && writes.length > 0) yield { skip: `no ${resource.resource} of ${owner}'s to throw away in the plan` };
  if (throwAway !== undefined) for (const request of writes) yield* tryValidly(asking, stranding, request, throwAway);
  yield* control("after");
}

/** What any sane server refuses before it acts, whoever asks; and only of what its owner can do without, or has done already. */
function* tryBadly(asking: Asking, stranding: Stranding, request: PlannedRequest): Asks {
  const harmless = doneId(request, stranding) ?? stranding.resource.throwAway[stranding.owner];
  if (harmless === undefined) {
    yield { skip: `no ${stranding.resource.resource} in the plan on which ${request.method} ${request.path} does nothing` };
    return;
  }
  const asked = { stranding, request, id: harmless } as const;
  // Who takes no body acts on any, or none.
  if (request.body !== undefined)
    for (const { isUnreadable, ...variant } of badBodies)
      yield* askPairs(asking, { ...asked, level: isUnreadable ? 1 : 2, variant: variant.name, vary: keyed(asking, request, variant) });
  const { idempotency } = asking.contract;
  if (idempotency === undefined || !isKeyed(asking, request)) return;
  yield* askPairs(asking, {
    ...asked,
    level: 2,
    variant: "no key",
    vary: (filled) => ("lacks" in filled ? filled : withKey(filled, idempotency, undefined)),
  });
}

/** A method that is not for the address, and without a body: the refusal may tell that the address is one. Who takes it acts on it. */
function* tryOtherMethods(asking: Asking, stranding: Stranding, writes: readonly PlannedRequest[], throwAway: string | undefined): Asks {
  if (throwAway === undefined) return;
  for (const path of new Set(writes.map((request) => request.path))) {
    const listed = asking.plan.requests.filter((request) => request.path === path);
    const method = ["PUT", "PATCH", "DELETE"].find((each) => listed.every((request) => request.method !== each));
    const [request] = listed;
    if (method === undefined || request === undefined) continue;
    const pairing: Pairing = { stranding, request, method, variant: bodiless.name, level: 2, id: throwAway };
    yield* askPairs(asking, { ...pairing, vary: keyed(asking, request, bodiless) });
  }
}

/** A valid write, on what its owner can do without. */
function* tryValidly(asking: Asking, stranding: Stranding, request: PlannedRequest, id: string): Asks {
  for (const variant of [plain, ...conditions])
    yield* askPairs(asking, { stranding, request, variant: variant.name, level: 2, id, vary: keyed(asking, request, variant) });
}

/** Where the contract has a key there is one, new each time: its lack would be answered first. */
function keyed(asking: Asking, request: PlannedRequest, { vary }: Variant): (filled: Filled) => Filled {
  return (filled) => withNewKey(asking, request, vary?.(filled) ?? filled);
}

function isKeyed(asking: Asking, request: PlannedRequest): boolean {
  return asking.operationsOf(request).some(({ name }) => Object.hasOwn(asking.contract.idempotency?.operations ?? {}, name));
}

/** One of the owner's on which nothing is left to do. */
function doneId({ done }: PlannedRequest, { resource: { parameter } }: Stranding): string | undefined {
  return parameter === undefined ? undefined : done?.[parameter];
}
