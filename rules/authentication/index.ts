import type { Rule } from "../../src/model/rule.ts";

export const authentication: readonly Rule[] = [];
