import type { Contract } from "../model/contract.ts";
import { checkShape } from "../yaml-source/check-shape.ts";
import type { FaultList } from "../yaml-source/fault-list.ts";
import type { SourceMap } from "../yaml-source/source-tree.ts";
import { checkDuties } from "./check-duties.ts";
import { checkReach } from "./check-reach.ts";
import { checkReferences } from "./check-references.ts";
import { checkSchemas } from "./check-schemas.ts";
import { checkTies } from "./check-ties.ts";
import { compilationOf } from "./compile.ts";
import { contractShape } from "./contract-shape.ts";
import { tellOtherFormats } from "./other-formats.ts";

/** Tells every fault of a contract that could be parsed: of its shape, of what it refers to, and of what its rows say together. */
export function checkContract(tree: SourceMap, faults: FaultList, compile: () => Contract): void {
  if (tellOtherFormats(tree, faults)) return;
  checkShape(tree, contractShape, faults);
  // What does not have the right shape can be asked no further.
  if (!faults.isEmpty) return;
  checkReferences(tree, faults);
  checkSchemas(tree, faults);
  if (!faults.isEmpty) return;
  const parts = compilationOf(compile());
  checkDuties(tree, parts, faults);
  checkReach(tree, parts, faults);
  checkTies(tree, parts, faults);
}
