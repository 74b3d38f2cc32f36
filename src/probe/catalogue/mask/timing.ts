import type { Probe } from "../../probe.ts";
import { askPairs } from "./ask-pairs.ts";
import { beyondBudget, isGet, isItself, noGetOf, requestsFor, strandings } from "./strangers.ts";

/** Two batches of a hundred, and some for those that open a connection. */
const pairs = 204;

/**
 * Reads, and no faster than the pace: what it takes is the budget that was given for it, so its level is that of a read.
 */
export const timing: Probe = {
  id: "mask/timing",
  summary: "a stranger reads what is another account's, and what nobody has, so often that times can be compared",
  needs: "a budget of 410 requests for each masked resource, and what mask/read needs",
  *ask(asking) {
    if (asking.depth !== "timing") {
      yield beyondBudget(asking, "timing needs");
      return;
    }
    for (const stranding of strandings(asking)) {
      if ("skip" in stranding) {
        yield stranding;
        continue;
      }
      const request = requestsFor(asking, stranding, isGet).find((each) => isItself(each, stranding));
      if (request === undefined) yield noGetOf(stranding);
      else yield* askPairs(asking, { stranding, request, variant: "timed", level: 0, pairs, warmUp: 1 });
    }
  },
};
