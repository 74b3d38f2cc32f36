import type { Asks } from "../../ask.ts";
import type { PlannedRequest } from "../../plan/plan.ts";
import type { Asking, Probe } from "../../probe.ts";
import { askMissingAsOwner, askPairs } from "./ask-pairs.ts";
import { isGet, isItself, noGetOf, requestsFor, type Stranding, strandings } from "./strangers.ts";
import { conditions, plain, range } from "./variants.ts";

export const read: Probe = {
  id: "mask/read",
  summary: "a stranger reads what is another account's, and what nobody has, in turns",
  needs: "two accounts, the first one's ids, and a GET request for each masked resource",
  *ask(asking) {
    for (const stranding of strandings(asking)) {
      if ("skip" in stranding) yield stranding;
      else yield* readAs(asking, stranding);
    }
  },
};

function* readAs(asking: Asking, stranding: Stranding): Asks {
  const reads = requestsFor(asking, stranding, isGet).filter((request) => isItself(request, stranding));
  const [first] = reads;
  if (first === undefined) {
    yield noGetOf(stranding);
    return;
  }
  yield* askMissingAsOwner(asking, stranding, first);
  for (const request of asking.depth === "plain" ? [first] : reads) yield* readBy(asking, stranding, request, request === first);
}

function* readBy(asking: Asking, stranding: Stranding, request: PlannedRequest, isFirst: boolean): Asks {
  const asked = { stranding, request, level: 0 } as const;
  yield* askPairs(asking, { ...asked, variant: plain.name, warmUp: isFirst ? 1 : 0 });
  yield* askPairs(asking, { ...asked, variant: plain.name, method: "HEAD" });
  if (asking.depth === "plain") return;
  yield* askPairs(asking, { ...asked, variant: plain.name, method: "OPTIONS" });
  for (const { name: variant, vary } of [...conditions, range]) yield* askPairs(asking, { ...asked, variant, ...(vary && { vary }) });
  for (const { name: variant, vary } of conditions) yield* askPairs(asking, { ...asked, variant, method: "HEAD", ...(vary && { vary }) });
}
