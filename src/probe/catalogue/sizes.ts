import type { Row } from "../../model/contract.ts";
import type { Skip } from "../ask.ts";
import { namesOf } from "./aims.ts";

/** Bodies, headers and addresses of unusual size are sent only where the plan says so. */
export function sizesAreOff(rows: readonly Row[]): Skip {
  return { skip: "unusual sizes are off (limits.oversized)", aims: namesOf(rows) };
}
