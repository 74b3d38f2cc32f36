import type { Probe } from "../../probe.ts";
import { ownKeyedRequests } from "./keyed-request.ts";
import { useOf } from "./used-keys.ts";

/** Milliseconds before each repetition: a server that works on in the background may answer otherwise once it is done. */
const pauses = [0, 1_000, 4_000] as const;

export const replay: Probe = {
  id: "idem/replay",
  summary: "a request is repeated with its idempotency key",
  needs: "what idem/launch needs",
  after: ["idem/launch"],
  *ask(asking) {
    for (const keyed of yield* ownKeyedRequests(asking)) {
      const { owner } = keyed;
      const use = useOf(asking, keyed.operation);
      if ("skip" in use) {
        yield use;
        continue;
      }
      for (const [index, after] of pauses.entries()) {
        const purpose = `${keyed.operation} repeated with its key (${index + 1} of ${pauses.length})`;
        yield { ...use.request, level: 2, as: { account: owner }, purpose, after };
      }
    }
  },
};
