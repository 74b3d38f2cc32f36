import type { Rule } from "../../src/model/rule.ts";

export const client: readonly Rule[] = [];
