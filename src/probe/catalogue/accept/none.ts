import type { Probe } from "../../probe.ts";
import { readMissing } from "../read-missing.ts";

export const acceptNone: Probe = {
  id: "accept/none",
  summary: "an Accept that leaves no room for what the API sends",
  needs: "a GET request, rather one with an id in its path",
  *ask(asking) {
    const types = ["application/xml", "text/html", "application/problem+json"];
    const oddities = types.map((type) => ({
      purpose: `Accept: ${type}`,
      level: 0 as const,
      headers: [["Accept", type]] as const,
      statuses: [406],
    }));
    yield* readMissing(asking, asking.depth === "plain" ? oddities.slice(0, 2) : oddities);
  },
};
