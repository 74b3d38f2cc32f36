import type { Rule } from "../../src/model/rule.ts";
import { contentType } from "./content-type.ts";
import { duplicateMember } from "./duplicate-member.ts";
import { extraMember } from "./extra-member.ts";
import { gatewayAnswer } from "./gateway-answer.ts";
import { locationVaries } from "./location-varies.ts";
import { malformed } from "./malformed.ts";
import { missing } from "./missing.ts";
import { notJson } from "./not-json.ts";
import { onSuccess } from "./on-success.ts";
import { paramUnknown } from "./param-unknown.ts";
import { statusDisagrees } from "./status-disagrees.ts";

/** The shape of an error: is it there, in its place, and what the contract says it is? */
export const envelope: readonly Rule[] = [
  notJson,
  missing,
  malformed,
  locationVaries,
  contentType,
  onSuccess,
  statusDisagrees,
  duplicateMember,
  paramUnknown,
  gatewayAnswer,
  extraMember,
];
