import type { Probe } from "../../probe.ts";
import { missingRows, namesOf } from "../aims.ts";
import { aReadOfOne } from "../choice.ts";
import { askerOf, makeAsk, noAccount, nobodys } from "../make-ask.ts";

export const head: Probe = {
  id: "method/head",
  summary: "GET and then HEAD of the same thing that nobody has",
  needs: "a GET request with an id in its path",
  *ask(asking) {
    const [as, request] = [askerOf(asking), aReadOfOne(asking)];
    if (as === undefined) {
      yield noAccount;
      return;
    }
    if (request === undefined) {
      yield { skip: "no GET with an id in its path in the plan" };
      return;
    }
    const at = nobodys(asking, request);
    yield makeAsk(at, { purpose: "nobody's id, by GET", level: 0, as, aims: namesOf(missingRows(asking, request)) });
    // An answer without a body meets no row.
    if (!("lacks" in at)) yield makeAsk(at, { method: "HEAD", purpose: "the same by HEAD", level: 0, as });
  },
};
