import type { Probe } from "../../probe.ts";
import { rowsWithAny } from "../aims.ts";
import { readMissing } from "../read-missing.ts";
import { sizesAreOff } from "../sizes.ts";

/** Characters. */
const size = 16 * 1_024;

export const oversizedHeader: Probe = {
  id: "header/oversized",
  summary: "a header line of 16 KiB",
  needs: "a GET request, rather one with an id in its path, and limits.oversized",
  *ask(asking) {
    if (!asking.plan.limits.oversized) {
      yield sizesAreOff(rowsWithAny(asking, 431));
      return;
    }
    const headers = [["X-Envelint-Padding", "x".repeat(size)]] as const;
    yield* readMissing(asking, [{ purpose: "a header of 16 KiB", level: 1, headers, statuses: [431] }]);
  },
};
