import type { Probe } from "../../probe.ts";
import { aRead, aReadOfOne } from "../choice.ts";
import { askerOf, makeAsk, noAccount, nobodys, ownOf } from "../make-ask.ts";

export const head: Probe = {
  id: "method/head",
  summary: "GET and then HEAD, of something that nobody has and of something that is there",
  needs: "a GET request",
  *ask(asking) {
    const [as, one, any] = [askerOf(asking), aReadOfOne(asking), aRead(asking)];
    if (as === undefined) {
      yield noAccount;
      return;
    }
    if (any === undefined) {
      yield { skip: "no GET in the plan" };
      return;
    }
    // The two are compared with one another, on an id of their own: should it exist after all, that is no matter here. So there are no aims.
    if (one !== undefined) {
      const missing = nobodys(asking, one, "read");
      yield makeAsk(missing, { purpose: "nobody's id, by GET", level: 0, as });
      if (!("lacks" in missing)) yield makeAsk(missing, { method: "HEAD", purpose: "the same by HEAD", level: 0, as });
    }
    const there = ownOf(asking, any);
    yield makeAsk(there, { purpose: "what is there, by GET", level: 0, as });
    if (!("lacks" in there)) yield makeAsk(there, { method: "HEAD", purpose: "the same by HEAD", level: 0, as });
  },
};
