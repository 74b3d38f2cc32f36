import type { Probe } from "../../probe.ts";
import { badRequestRows, namesOf, rowsWith, rowsWithAny } from "../aims.ts";
import { aWriteWithBody } from "../choice.ts";
import { askerOf, noAccount } from "../make-ask.ts";
import { sizesAreOff } from "../sizes.ts";
import { askWithBody, bodyMaker, needsBody, noBody } from "./ask-with.ts";

/** Bytes. */
const sizes = [64 * 1_024, 1_024 ** 2, 10 * 1_024 ** 2];

export const oversized: Probe = {
  id: "body/oversized",
  summary: "bodies of 64 KiB, 1 MiB and 10 MiB, until one is too large; their members are of wrong types",
  needs: `${needsBody}, and limits.oversized`,
  *ask(asking) {
    const [as, write] = [askerOf(asking), aWriteWithBody(asking)];
    if (!asking.plan.limits.oversized) {
      yield sizesAreOff(rowsWithAny(asking, 413));
      return;
    }
    if (as === undefined) {
      yield noAccount;
      return;
    }
    if (write === undefined) {
      yield { skip: noBody, aims: namesOf(rowsWithAny(asking, 413)) };
      return;
    }
    const { request } = write;
    const tooLarge = rowsWith(asking, request, 413);
    const aims = namesOf(tooLarge.length > 0 ? tooLarge : badRequestRows(asking, request));
    const { wrong } = bodyMaker(asking, write);
    for (const size of sizes) {
      const content = JSON.stringify({ ...wrong(), envelint: "x".repeat(size) });
      const purpose = `a body of ${size / 1_024} KiB`;
      const [reply] = yield askWithBody(asking, write, { content, mediaType: "application/json" }, { purpose, level: 1, as, aims });
      // A body that is refused for what it says was read.
      if (reply !== undefined && (reply.status === 413 || reply.status === 0 || reply.status >= 500)) return;
    }
  },
};
