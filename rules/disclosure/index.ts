import type { Rule } from "../../src/model/rule.ts";

export const disclosure: readonly Rule[] = [];
