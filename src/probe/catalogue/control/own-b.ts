import type { Probe } from "../../probe.ts";
import { askOwn } from "./ask-own.ts";

export const ownB: Probe = {
  id: "control/own-b",
  summary: "the second account reads what it has",
  needs: "a second account, a GET request for each masked resource, and the second account's ids",
  *ask(asking) {
    if (asking.plan.resources.length === 0) return;
    if (asking.stranger === undefined) yield { skip: "no second account in the plan" };
    else yield* askOwn(asking, asking.stranger);
  },
};
