import type { FuncKeywordDefinition } from "ajv/dist/2020.js";
import type { Json } from "../model/json.ts";
import { canonicalJson } from "./canonical-json.ts";

/** `uniqueItems` in linear time: ajv compares every object of an array with every other. */
export const uniqueItems: FuncKeywordDefinition = {
  keyword: "uniqueItems",
  type: "array",
  schemaType: "boolean",
  errors: true,
  validate: judge(),
};

type Validate = NonNullable<FuncKeywordDefinition["validate"]>;

function judge(): Validate {
  const validate: Validate = (wanted: boolean, items: readonly Json[]) => {
    const twins = wanted ? findTwins(items) : undefined;
    if (twins === undefined) return true;
    const [first, second] = twins;
    // What ajv itself would tell.
    const message = `must NOT have duplicate items (items ## ${first} and ${second} are identical)`;
    validate.errors = [{ keyword: "uniqueItems", message, params: { i: second, j: first } }];
    return false;
  };
  return validate;
}

/** The first two items that are the same. */
function findTwins(items: readonly Json[]): readonly [number, number] | undefined {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const text = canonicalJson(item);
    const before = seen.get(text);
    if (before !== undefined) return [before, index];
    seen.set(text, index);
  }
  return undefined;
}
