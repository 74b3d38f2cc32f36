import type { Rule } from "../src/model/rule.ts";

/** Every rule, family by family: the order of `envelint rules`. */
export const rules: readonly Rule[] = [];
