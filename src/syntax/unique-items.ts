import type * as Ajv from "ajv/dist/2020.js";
import type { CodeKeywordDefinition } from "ajv/dist/2020.js";
import type { Json } from "../model/json.ts";
import { canonicalJson } from "./canonical-json.ts";

/** `uniqueItems` in linear time, telling what ajv itself would: that compares every object of an array with every other. */
export function uniqueItems({ _, str }: typeof Ajv): CodeKeywordDefinition {
  return {
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    code(context) {
      if (context.schema !== true) return;
      const search = context.gen.scopeValue("func", { ref: findTwins, code: _`findTwins` });
      const twins = context.gen.const("twins", _`${search}(${context.data})`);
      context.setParams({ i: _`${twins}[1]`, j: _`${twins}[0]` });
      context.fail(_`${twins} !== undefined`);
    },
    error: {
      message: ({ params: { i, j } }) => str`must NOT have duplicate items (items ## ${j} and ${i} are identical)`,
      params: ({ params: { i, j } }) => _`{i: ${i}, j: ${j}}`,
    },
  };
}

/** The first two items that are the same. */
export function findTwins(items: readonly Json[]): readonly [number, number] | undefined {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const text = canonicalJson(item);
    const before = seen.get(text);
    if (before !== undefined) return [before, index];
    seen.set(text, index);
  }
  return undefined;
}
