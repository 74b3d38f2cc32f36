import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rateLimitFault, readRateLimit } from "../../src/syntax/rate-limit-field.ts";
import { parseItem, parseList } from "../../src/syntax/structured-field.ts";

describe("parseItem", () => {
  it.each([
    ["1", { type: "integer", value: 1 }],
    ["-999999999999999", { type: "integer", value: -999999999999999 }],
    ["1.5", { type: "decimal", value: 1.5 }],
    ['"a \\"b\\" \\\\"', { type: "string", value: 'a "b" \\' }],
    ["*a/b:c", { type: "token", value: "*a/b:c" }],
    [":aGk=:", { type: "bytes", value: "aGk=" }],
    ["?1", { type: "boolean", value: true }],
    ["@1659578233", { type: "date", value: 1659578233 }],
    ['%"f%c3%bc"', { type: "display", value: "fü" }],
  ])("reads %s", (text, value) => {
    expect(parseItem(text)?.value).toEqual(value);
  });

  it.each([
    "",
    "1000000000000000",
    "1.",
    "1.2345",
    "1234567890123.1",
    '"a',
    '"é"',
    '"\\a"',
    "a b",
    "?2",
    '%"%c3"',
    '%"%C3%BC"',
    ":a b:",
    "1;",
    "1;A=2",
    "@1.5",
  ])("refuses %j", (text) => {
    expect(parseItem(text)).toBeUndefined();
  });
});

describe("parseList", () => {
  it("reads parameters and inner lists", () => {
    const [first, second] = parseList('"a";q=1; w=60;x ,\t("b" c);y=?0') ?? [];
    expect(first).toEqual({
      value: { type: "string", value: "a" },
      parameters: new Map(
        Object.entries({ q: { type: "integer", value: 1 }, w: { type: "integer", value: 60 }, x: { type: "boolean", value: true } }),
      ),
    });
    expect(second).toMatchObject({ items: [{ value: { value: "b" } }, { value: { value: "c" } }] });
    expect(parseList("  ")).toEqual([]);
  });

  it.each(["a,", "a,,b", ",a", "(a", "(a,b)", '("a""b")', "a b", "a;q=,b"])("refuses %j", (text) => {
    expect(parseList(text)).toBeUndefined();
  });

  it("reads back every list of strings and integers", () => {
    const word = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
    const whole = fc.integer({ min: -999_999_999, max: 999_999_999 });
    fc.assert(
      fc.property(fc.array(fc.tuple(word, whole), { minLength: 1 }), (members) => {
        const text = members.map(([name, count]) => `"${name.replace(/["\\]/g, "\\$&")}";q=${count}`).join(", ");
        const read = parseList(text)?.map((item) => ("value" in item ? [item.value.value, item.parameters.get("q")?.value] : []));
        expect(read).toEqual(members);
      }),
    );
  });

  it("never throws and never hangs", () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'"\\(),; =:?@%a1.-*\t') }), (text) => void parseList(text)));
    expect(parseList(`${'("a" '.repeat(20_000)}`)).toBeUndefined();
  });
});

describe("rateLimitFault", () => {
  it.each([
    ['"a"', "a policy has no r, what is left"],
    ['"a";r=-1', "r must be a whole number, 0 or more"],
    ['"a";r=1.5', "r must be a whole number, 0 or more"],
    ['"a";r=1;t=soon', "t must be a whole number, 0 or more"],
    ['"a";r=1;pk="x"', "pk must be a byte sequence"],
    ["60", "a policy's name must be a string in quotes"],
    ["", "it is empty"],
    ['"a" r=1', "it is no structured field list"],
  ])("RateLimit: %s", (text, fault) => {
    expect(rateLimitFault("RateLimit", text)).toBe(fault);
  });

  it.each([
    ['"a";q=1;w=0', "w must be a whole number of seconds, 1 or more"],
    ['"a";q=1;qu=requests', "qu must be a string in quotes"],
    ['"a";q=?1', "q must be a whole number, 0 or more"],
  ])("RateLimit-Policy: %s", (text, fault) => {
    expect(rateLimitFault("RateLimit-Policy", text)).toBe(fault);
  });

  it("lets unknown parameters and earlier forms pass", () => {
    expect(rateLimitFault("RateLimit-Policy", '"a";q=1;w=60;qu="requests";pk=:aGk=:;later=1')).toBeUndefined();
    expect(rateLimitFault("RateLimit-Policy", '10;w=1, 50;w=60;comment="fixed window"')).toBeUndefined();
    expect(rateLimitFault("RateLimit", "limit=10, remaining=0, reset=3")).toBeUndefined();
    expect(readRateLimit("limit=10, remaining=0, reset=3")).toEqual([]);
    expect(readRateLimit('"a";r=0;t=3, "b";r=7')).toEqual([
      { policy: "a", requests: 0, reset: 3 },
      { policy: "b", requests: 7, reset: undefined },
    ]);
  });
});
