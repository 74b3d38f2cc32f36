import type { Rule } from "../../src/model/rule.ts";

export const http: readonly Rule[] = [];
