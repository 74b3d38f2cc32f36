import type { Probe } from "../../probe.ts";
import { rowsWithAny } from "../aims.ts";
import { readMissing } from "../read-missing.ts";
import { sizesAreOff } from "../sizes.ts";

/** Characters. */
const size = 16 * 1_024;

export const oversizedUri: Probe = {
  id: "uri/oversized",
  summary: "an address with a query of 16 KiB",
  needs: "a GET request, rather one with an id in its path, and limits.oversized",
  *ask(asking) {
    if (!asking.plan.limits.oversized) {
      yield sizesAreOff(rowsWithAny(asking, 414));
      return;
    }
    const query = `envelint=${"x".repeat(size)}`;
    yield* readMissing(asking, [{ purpose: "a query of 16 KiB", level: 0, query, statuses: [414, 431] }]);
  },
};
