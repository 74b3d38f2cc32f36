import type { Probe } from "../../probe.ts";
import { namesOf } from "../aims.ts";
import { aProtectedWrite, aReadOfOne, isProtected } from "../choice.ts";
import { makeAsk, nobodys } from "../make-ask.ts";
import { undeclared } from "./stranger-body.ts";

export const order: Probe = {
  id: "auth/order",
  summary: "no credential and an id that nobody has; no credential and a body that is not JSON",
  needs: "a contract with `authentication`",
  *ask(asking) {
    const { declared, missing } = asking.contract.authentication;
    if (!declared) {
      yield undeclared;
      return;
    }
    const [read, write] = [aReadOfOne(asking), aProtectedWrite(asking)];
    const isClosed = read !== undefined && !asking.isPublic(read);
    if (!isClosed && write === undefined)
      yield { skip: "no request in the plan needs a credential by the contract", aims: namesOf(missing) };
    if (isClosed) {
      const aims = isProtected(asking, read) ? namesOf(missing) : [];
      yield makeAsk(nobodys(asking, read), { purpose: "no credential, nobody's id", level: 0, as: "anonymous", aims });
    }
    if (write !== undefined) {
      const body = { content: '{"envelint":', mediaType: "application/json" };
      const at = {
        purpose: "no credential, malformed body",
        level: 1,
        as: "anonymous",
        aims: namesOf(missing),
        body,
        mustFail: true,
      } as const;
      yield makeAsk(nobodys(asking, write), at);
    }
  },
};
