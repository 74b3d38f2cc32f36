import type { Probe } from "../../probe.ts";
import { askOwn } from "./ask-own.ts";

export const unchanged: Probe = {
  id: "control/unchanged",
  summary: "each account reads what it has once more, after all that was tried on it",
  needs: "what control/own-a and control/own-b need",
  *ask(asking) {
    if (asking.plan.resources.length === 0) return;
    yield* askOwn(asking, asking.owner);
    if (asking.stranger !== undefined) yield* askOwn(asking, asking.stranger);
  },
};
