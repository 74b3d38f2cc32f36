import type { Credential } from "../../../model/contract.ts";
import type { Probe } from "../../probe.ts";
import { namesOf } from "../aims.ts";
import { aClosedRead, isProtected } from "../choice.ts";
import { makeAsk, ownOf } from "../make-ask.ts";
import { undeclared } from "./stranger-body.ts";

export const malformed: Probe = {
  id: "auth/malformed",
  summary: "a credential that is not one: a bare scheme, a scheme that the API does not have",
  needs: "a contract with `authentication`, and a GET request that needs a credential",
  *ask(asking) {
    const { declared, credentials, invalid, missing } = asking.contract.authentication;
    if (!declared) {
      yield undeclared;
      return;
    }
    const request = aClosedRead(asking);
    if (request === undefined) {
      yield { skip: "no GET that needs a credential in the plan", aims: namesOf(invalid, missing) };
      return;
    }
    const aims = isProtected(asking, request) ? namesOf(invalid, missing) : [];
    const values = malformedValues(credentials[0]);
    for (const value of asking.depth === "plain" ? values.slice(0, 2) : values)
      yield makeAsk(ownOf(asking, request), { purpose: `the credential "${value}"`, level: 0, as: { madeUp: value }, aims });
  },
};

function malformedValues(credential: Credential | undefined): readonly string[] {
  const hasScheme = credential !== undefined && "header" in credential && credential.header.toLowerCase() === "authorization";
  return hasScheme ? ["Bearer", "Basic x", "Envelint x"] : ["x"];
}
