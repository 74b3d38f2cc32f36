import type { Rule } from "../../src/model/rule.ts";

export const stability: readonly Rule[] = [];
