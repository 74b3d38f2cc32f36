import type { Probe } from "../../probe.ts";
import { namesOf } from "../aims.ts";
import { aClosedRead, isProtected } from "../choice.ts";
import { makeAsk, ownOf } from "../make-ask.ts";
import { undeclared } from "./stranger-body.ts";

export const inQuery: Probe = {
  id: "auth/in-query",
  summary: "a random access_token in the address, where the contract has its credentials elsewhere",
  needs: "a contract with `authentication`, and a GET request that needs a credential",
  *ask(asking) {
    const { declared, credentials, missing } = asking.contract.authentication;
    if (!declared) {
      yield undeclared;
      return;
    }
    if (credentials.some((credential) => "query" in credential)) {
      yield { skip: "the contract has a credential in the address" };
      return;
    }
    const request = aClosedRead(asking);
    if (request === undefined) {
      yield { skip: "no GET that needs a credential in the plan", aims: namesOf(missing) };
      return;
    }
    const filled = ownOf(asking, request);
    const token = `access_token=${asking.random(32)}`;
    const at = "lacks" in filled ? filled : { ...filled, path: `${filled.path}${filled.path.includes("?") ? "&" : "?"}${token}` };
    const aims = isProtected(asking, request) ? namesOf(missing) : [];
    yield makeAsk(at, { purpose: "a random access_token in the query", level: 0, as: "anonymous", aims });
  },
};
