import { describe, expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import type { Idempotency } from "../../src/model/contract.ts";
import { makeExchange } from "../kit/exchange.ts";
import { contractOf } from "./kit.ts";

function idempotencyOf(text: string): Idempotency {
  const { idempotency } = contractOf(
    `operations: {create: POST /a, any: "* /**"}\nerrors: [{name: a, status: 400}]\nidempotency: {operations: {create: required}, ${text}}`,
  );
  if (idempotency === undefined) throw new Error("not declared");
  return idempotency;
}

describe("the key", () => {
  test("stands in a header", () => {
    const idempotency = idempotencyOf("key: {header: X-Key}");
    const keyOf = (requestHeaders: Record<string, string>) => idempotency.keyOf(makeExchange({ requestHeaders }).request);
    expect(keyOf({ "x-key": "k" })).toEqual({ key: "k", place: { kind: "header", name: "X-Key", of: "request" }, known: true });
    expect(keyOf({ "x-key": "" }).key).toBe("");
    expect(keyOf({}).key).toBeUndefined();
    expect(idempotency).toMatchObject({ keyText: "header X-Key", keyPlace: { header: "X-Key" }, syntax: "opaque", maxLength: undefined });
  });

  test("or in the body, where it may be unknown", () => {
    const idempotency = idempotencyOf("key: {pointer: /meta/key}");
    const keyOf = (parts: object) => idempotency.keyOf(makeExchange(parts).request);
    expect(keyOf({ requestBody: { meta: { key: "k" } } })).toEqual({
      key: "k",
      place: { kind: "body", pointer: "/meta/key", of: "request" },
      known: true,
    });
    expect(keyOf({ requestBody: { meta: { key: null } } })).toMatchObject({ key: undefined, known: true });
    expect(keyOf({ requestBody: "no JSON" })).toMatchObject({ key: undefined, known: true });
    expect(keyOf({})).toMatchObject({ key: undefined, known: true });
    expect(keyOf({ requestBodyState: "not-captured" })).toMatchObject({ key: undefined, known: false });
    expect(idempotency).toMatchObject({ keyText: "body /meta/key", keyPlace: { pointer: "/meta/key" } });
  });

  test.each([
    ["syntax: opaque", ["k", "x y"], ["", " "]],
    ["syntax: opaque, maxLength: 2", ["ab"], ["abc"]],
    ["syntax: uuid", ["8e03978e-40d5-43dd-bc93-6894a57f9324"], ["8e03978e40d543ddbc936894a57f9324", "k"]],
    ["syntax: sf-string", ['"k"', '"a\\"b"'], ["k", '"', '""', '"ü"']],
  ])("has the declared form: %s", (text, right, wrong) => {
    const idempotency = idempotencyOf(text);
    expect(right.filter((key) => !idempotency.isValidKey(key))).toEqual([]);
    expect(wrong.filter((key) => idempotency.isValidKey(key))).toEqual([]);
  });
});

test("the duty is that of the most specific operation that has one", () => {
  const duty = (method: string) => idempotencyOf("maxLength: 9").dutyOf(makeExchange({ method, url: "/a" }).request);
  expect(duty("POST")).toMatchObject({ duty: "required", operation: { name: "create" } });
  expect(duty("GET")).toBeUndefined();
});

test.each([
  ["PT24H", 86_400_000],
  ["P1DT1M0.5S", 86_460_500],
  ["P2W", 1_209_600_000],
  ["P1Y1M", 395 * 86_400_000],
])("%s is %i milliseconds", (text, expected) => {
  expect(idempotencyOf(`retention: ${text}`).retention).toBe(expected);
});

test("refers to rows, and says what a repeat is answered", async () => {
  const { idempotency } = await loadContract("builtin:stripe");
  expect(idempotency).toMatchObject({
    reuse: { name: "idempotency-reuse" },
    inFlight: { name: "idempotency-busy" },
    missing: undefined,
    replay: "same-response",
    replayHeader: "Idempotent-Replayed",
  });
});
