import type { Rule } from "../../src/model/rule.ts";
import { codeMismatch } from "./code-mismatch.ts";
import { headerMissing } from "./header-missing.ts";
import { paramMismatch } from "./param-mismatch.ts";
import { refusalMissing } from "./refusal-missing.ts";
import { statusUndocumented } from "./status-undocumented.ts";
import { typeMismatch } from "./type-mismatch.ts";
import { wrongOperation } from "./wrong-operation.ts";

/** The table of errors, step by step: does this status carry this type, this code, this param, from this operation? */
export const pairing: readonly Rule[] = [
  statusUndocumented,
  typeMismatch,
  codeMismatch,
  paramMismatch,
  wrongOperation,
  headerMissing,
  refusalMissing,
];
