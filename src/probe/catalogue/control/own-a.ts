import type { Probe } from "../../probe.ts";
import { askOwn } from "./ask-own.ts";

export const ownA: Probe = {
  id: "control/own-a",
  summary: "the first account reads what it has",
  needs: "a GET request for each masked resource, and the first account's ids",
  *ask(asking) {
    yield* askOwn(asking, asking.owner);
  },
};
