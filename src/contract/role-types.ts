import type { Role } from "../model/contract.ts";
import type { Json } from "../model/json.ts";

/** The JSON type of a role's value. */
export interface RoleType {
  fits(value: Json): boolean;
  /** For people: "a string". */
  readonly text: string;
  /** As JSON Schema. */
  readonly schema: { readonly [keyword: string]: Json };
}

const text: RoleType = { fits: (value) => typeof value === "string", text: "a string", schema: { type: "string" } };
const word: RoleType = {
  fits: (value) => typeof value === "string" || Number.isInteger(value),
  text: "a string or an integer",
  schema: { type: ["string", "integer"] },
};

/** What each role's value must be, whatever else an envelope's own schema says. */
export const roleTypes: Readonly<Record<Role, RoleType>> = {
  type: word,
  code: word,
  message: text,
  param: text,
  docs: text,
  requestId: text,
  status: {
    fits: (value) => Number.isInteger(value) || (typeof value === "string" && /^[0-9]+$/.test(value)),
    text: "an integer or a string of digits",
    schema: { type: ["integer", "string"], pattern: "^[0-9]+$" },
  },
  retryAfter: {
    fits: (value) => typeof value === "number" || typeof value === "string",
    text: "a number or a string",
    schema: { type: ["number", "string"] },
  },
};
