import type { FaultList } from "../yaml-source/fault-list.ts";
import { memberOf, type SourceMap } from "../yaml-source/source-tree.ts";
import { contractKind } from "./contract-kind.ts";

/** A file of quite another kind is named as such, rather than by everything it lacks. */
export function tellOtherFormats(tree: SourceMap, faults: FaultList): boolean {
  const has = (name: string) => memberOf(tree, name) !== undefined;
  const tell = (message: string, advice: string) => {
    faults.tell({ at: tree.at, message, plain: "is not a contract", advice });
    return true;
  };
  if (has("envelint")) return false;
  if (memberOf(memberOf(tree, "log")?.node, "entries") !== undefined)
    return tell("is a capture (HAR), not a contract", contractKind.captureAdvice);
  if (has("openapi") || has("swagger"))
    return tell(
      "is an OpenAPI document, not a contract",
      "an error contract is a file of its own: start one with `extends: builtin:course-api`",
    );
  return false;
}
