import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { envelopeSchema } from "../../src/contract/envelope-schema.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { Contract } from "../../src/model/contract.ts";
import { schemaCompiler } from "../../src/syntax/json-schema.ts";
import { type BodyContent, makeExchange } from "../kit/exchange.ts";
import { contractOf, readError } from "./kit.ts";

const builtin = await loadContract();

function faultsOf(contract: Contract, body: BodyContent, headers: Record<string, string> = {}): string[] {
  const answer = readError(contract, makeExchange({ status: 400, body, headers: { "content-type": "application/json", ...headers } }));
  return contract.schemaFaults(answer).map(({ pointer, role, keyword, expected }) => `${pointer} ${role} ${keyword}: ${expected}`);
}

test.each<[BodyContent, string[]]>([
  [{ error: { type: "x", message: "y" } }, []],
  [{ error: { type: "x", message: "y", code: null, param: null } }, []],
  [{ error: { type: "x" } }, ["/error/message message required: must be present"]],
  [{ error: { type: "x", message: null } }, ["/error/message message required: must be present"]],
  [
    { error: { type: "x", message: 5, code: 1.5, param: [] } },
    [
      "/error/code code type: must be a string or an integer",
      "/error/message message type: must be a string",
      "/error/param param type: must be a string",
    ],
  ],
  [{ type: 4, message: "" }, []],
])("%j: %j", (body, expected) => {
  expect(faultsOf(builtin, body)).toEqual(expected);
});

describe("a schema of the contract's own", () => {
  const contract = contractOf(`
envelopes:
  api:
    members: {message: /message, status: /status, requestId: {header: x-id}}
    required: [message, requestId]
    schema: {required: [kind], properties: {kind: {enum: [a, b]}, status: {type: integer}, list: {type: array, items: {type: integer}}}}
errors: [{name: any, status: 400}]`);

  test("is judged too, with null let pass in an optional role", () => {
    expect(faultsOf(contract, { message: "m", kind: "a", status: null }, { "x-id": "1" })).toEqual([]);
    expect(faultsOf(contract, { message: "m", kind: "c", status: "4" }, { "x-id": "1" })).toEqual([
      '/kind undefined enum: must be "a" or "b"',
      "/status status type: must be integer",
    ]);
    expect(faultsOf(contract, { message: "m" })).toEqual([
      " requestId required: must come with the header field x-id",
      "/kind undefined required: must be present",
    ]);
  });

  test("gives twenty faults at most", () => {
    expect(faultsOf(contract, { message: "m", kind: "a", list: Array(500).fill("x") }, { "x-id": "1" })).toHaveLength(20);
  });
});

test("the published schema judges bodies as the contract does", () => {
  const validate = schemaCompiler().compile(envelopeSchema(builtin));
  const value = fc.oneof(fc.constant(null), fc.string(), fc.integer(), fc.boolean(), fc.constant([]));
  const error = fc.record({ type: value, message: value, code: value, param: value }, { requiredKeys: [] });
  fc.assert(
    fc.property(error, fc.constantFrom("/error", "/detail/error", ""), (object, pointer) => {
      const body = pointer === "" ? object : pointer === "/error" ? { error: object } : { detail: { error: object } };
      const answer = readError(builtin, makeExchange({ status: 400, body }));
      const right = answer.pointer !== undefined && builtin.schemaFaults(answer).length === 0;
      expect(validate(body)).toBe(right);
    }),
  );
});

test("a schema for an array of errors, with members in several places", () => {
  const contract = contractOf(`
envelopes: {api: {pointer: /errors, array: all, members: {message: [/detail, /title], param: /source/pointer, requestId: "#/id"}, required: [message, requestId]}}
errors: [{name: any, status: 400}]`);
  const validate = schemaCompiler().compile(envelopeSchema(contract));
  expect(validate({ id: "1", errors: [{ detail: null, title: "x" }] })).toBe(true);
  expect(validate({ errors: [{ title: "x" }] })).toBe(false);
  expect(validate({ id: "1", errors: [{ title: "x", source: { pointer: 5 } }] })).toBe(false);
  expect(validate({ id: "1", errors: [{}] })).toBe(false);
  expect(validate({ id: "1", errors: [] })).toBe(false);
  expect(() => envelopeSchema(contract, "none")).toThrow(RangeError);
});

test("a format that the contract names is asserted", () => {
  const contract = contractOf(`
envelopes:
  api:
    members: {message: /message}
    schema: {properties: {type: {type: string, format: uri-reference}, message: {minLength: 1}}}
errors: [{name: bad, status: 400}]
`);
  expect(faultsOf(contract, { message: "x", type: "/problems/a" })).toEqual([]);
  expect(faultsOf(contract, { message: "", type: "not a uri \\" })).toEqual([
    '/type undefined format: must match format "uri-reference"',
    "/message message minLength: must not be empty",
  ]);
});
