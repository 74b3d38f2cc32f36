import type { Probe } from "../../probe.ts";
import { askPairs } from "./ask-pairs.ts";
import { beyondBudget, isGet, isItself, noGetOf, requestsFor, strandings } from "./strangers.ts";
import { plain } from "./variants.ts";

export const anonymous: Probe = {
  id: "mask/anonymous",
  summary: "nobody reads what is an account's, and what nobody has, in turns",
  needs: "two accounts, the first one's ids, and a GET request for each masked resource",
  *ask(asking) {
    if (asking.depth === "plain") {
      yield beyondBudget(asking);
      return;
    }
    const { missing } = asking.contract.authentication;
    for (const stranding of strandings(asking)) {
      if ("skip" in stranding) {
        yield stranding;
        continue;
      }
      const request = requestsFor(asking, stranding, isGet).find((each) => isItself(each, stranding));
      const aims = missing === undefined ? [] : [missing.name];
      if (request === undefined) yield noGetOf(stranding);
      else yield* askPairs(asking, { stranding, request, variant: `${plain.name}, no credential`, level: 0, as: "anonymous", aims });
    }
  },
};
