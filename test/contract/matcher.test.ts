import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptsText, makeMatcher, matcherOrder } from "../../src/contract/matcher.ts";
import { makeStatusSet } from "../../src/contract/status-set.ts";
import type { Json } from "../../src/model/json.ts";
import { makePattern, patternFault } from "../../src/syntax/pattern.ts";
import { makeExchange } from "../kit/exchange.ts";
import { contractOf, tell } from "./kit.ts";

type Source = Parameters<typeof makeMatcher>[0];

test.each<[Source, string, string, Json[], Json[]]>([
  ["a", "literal", "a", ["a"], ["b", "", null, 1]],
  [404, "literal", "404", [404], ["404", null]],
  [["a", "b", 3], "literal", "a, b or 3", ["a", "b", 3], ["c", "3", null]],
  [true, "any", "any", ["a", 1, null, {}], []],
  [undefined, "any", "any", ["a", null], []],
  [false, "absent", "absent", [null], ["a", 0, false, ""]],
  [{ const: "a" }, "literal", "a", ["a"], ["b", null]],
  [{ enum: ["a", "b"], minLength: 1 }, "literal", "a or b", ["a"], ["c"]],
  [{ const: null }, "schema", "fitting its schema", [], [null, "a"]],
  [{ type: "integer" }, "schema", "an integer", [1], ["1", 1.5, null]],
  [{ pattern: "^a+$" }, "pattern", "matching ^a+$", ["a", "aa"], ["b", 5, null, ["a"]]],
  [{ pattern: "^a", maxLength: 2 }, "pattern", "matching ^a", ["ab"], ["abc"]],
  [{ pattern: "^a", type: ["string", "integer"] }, "pattern", "matching ^a", ["a", 7], ["b", 1.5, null]],
])("%j is %s: %s", (source, kind, text, accepted, refused) => {
  const matcher = makeMatcher(source);
  expect([matcher.kind, matcher.text]).toEqual([kind, text]);
  for (const value of accepted) expect(matcher.accepts(value), JSON.stringify(value)).toBe(true);
  for (const value of refused) expect(matcher.accepts(value), JSON.stringify(value)).toBe(false);
});

const source: fc.Arbitrary<Source> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1 }),
  fc.constantFrom({ type: "string" }, { pattern: "a" }, { const: "a" }, { minLength: 0 }, {}),
);

describe("every matcher", () => {
  test("takes null as it takes nothing", () => {
    fc.assert(
      fc.property(source, (each) => {
        const matcher = makeMatcher(each);
        expect(matcher.accepts(null)).toBe(matcher.accepts(undefined));
        expect(matcher.accepts(null)).toBe(matcher.kind === "any" || matcher.kind === "absent");
      }),
    );
  });

  test("takes each value it lists", () => {
    fc.assert(
      fc.property(source, (each) => {
        const matcher = makeMatcher(each);
        for (const value of matcher.values) expect(matcher.accepts(value)).toBe(true);
      }),
    );
  });
});

test("a header's text stands for the number or boolean that is asked for", () => {
  expect(acceptsText(makeMatcher(0), "0")).toBe(true);
  expect(acceptsText(makeMatcher("0"), "0")).toBe(true);
  expect(acceptsText(makeMatcher({ type: "integer", minimum: 5 }), "7")).toBe(true);
  expect(acceptsText(makeMatcher({ type: "boolean" }), "true")).toBe(true);
  expect(acceptsText(makeMatcher({ type: "integer" }), "07")).toBe(false);
  expect(acceptsText(makeMatcher(false), undefined)).toBe(true);
  expect(acceptsText(makeMatcher(false), "")).toBe(false);
});

describe("patterns", () => {
  test("run in linear time", () => {
    const started = performance.now();
    expect(makePattern("^(a+)+$").test(`${"a".repeat(9_000)}!`)).toBe(false);
    expect(makePattern("^(a|a)*b$").test("a".repeat(9_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("also inside a schema", () => {
    const contract = contractOf(`envelopes: {api: {members: {message: /message}, schema: {properties: {message: {pattern: ^(a+)+$}}}}}
errors: [{name: a, status: 400, when: {error: {properties: {message: {pattern: ^(a+)+$}}}}}, {name: b, status: 400}]`);
    const exchange = makeExchange({ status: 400, body: { message: `${"a".repeat(9_000)}!` } });
    const started = performance.now();
    expect(tell(contract, exchange)).toBe("met b");
    const answer = contract.read(exchange);
    expect(answer && contract.schemaFaults(answer)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("capture their named groups", () => {
    expect(makePattern("^(?<a>x)(?<b>y)?(z)?").capture("xz")).toEqual({ a: "x" });
    expect(makePattern("^x").capture("y")).toBeUndefined();
  });

  test("are read as JavaScript writes them", () => {
    expect(makePattern("^\\u0041\\/\\d$").test("A/5")).toBe(true);
    expect(patternFault("^(?<n>[0-9]+)$")).toBeUndefined();
  });
});

test("a status, a class, a list", () => {
  expect(makeStatusSet(404)).toMatchObject({ text: "404", single: true, all: [404] });
  expect(makeStatusSet("404").has(404)).toBe(true);
  const wide = makeStatusSet(["4XX", 500]);
  expect([wide.text, wide.single, wide.has(499), wide.has(500), wide.has(501)]).toEqual(["4XX, 500", false, true, true, false]);
});

describe("of several rows", () => {
  const envelope = "envelopes: {api: {members: {type: /type, code: /code, param: /param}}}\nopenTypes: true\noperations: {o: GET /o}\n";
  const met = (rows: string, body: Record<string, unknown>, url = "/o") =>
    tell(contractOf(`${envelope}errors:\n${rows}`), makeExchange({ url, status: 400, body }));

  test.each([
    [
      "when before operations",
      "  - {name: a, status: 400, operations: [o]}\n  - {name: b, status: 400, when: {request: {methods: [GET]}}}",
      "b",
    ],
    [
      "the first of two with when",
      "  - {name: a, status: 4XX, when: {request: {methods: [GET]}}}\n  - {name: b, status: 400, type: t, when: {request: {methods: [GET]}}}",
      "a",
    ],
    ["operations before code", "  - {name: a, status: 400, code: x}\n  - {name: b, status: 400, operations: [o], code: {pattern: x}}", "b"],
    ["a literal before a pattern", "  - {name: a, status: 400, code: {pattern: x}}\n  - {name: b, status: 400, code: [y, x]}", "b"],
    ["code before param", "  - {name: a, status: 400, param: p, code: {pattern: x}}\n  - {name: b, status: 400, code: x}", "b"],
    ["param before type", "  - {name: a, status: 400, type: t}\n  - {name: b, status: 400, param: {type: string}}", "b"],
    ["type before one status", "  - {name: a, status: 400}\n  - {name: b, status: [400, 404], type: t}", "b"],
    ["one status before several", "  - {name: a, status: 4XX}\n  - {name: b, status: 400}", "b"],
  ])("%s", (_, rows, expected) => {
    expect(met(rows, { type: "t", code: "x", param: "p" })).toBe(`met ${expected}`);
  });

  test("a pattern comes before another schema, which comes before absent and any", () => {
    expect(
      Object.entries(matcherOrder)
        .sort(([, a], [, b]) => b - a)
        .map(([kind]) => kind),
    ).toEqual(["literal", "pattern", "schema", "absent", "any"]);
  });

  test("a code that a row names is taken by no row that varies", () => {
    const rows =
      "  - {name: a, status: 404, code: {pattern: ^x}}\n  - {name: b, status: 400}\n  - {name: c, status: 400, code: {type: string}}";
    expect(met(rows, { code: "y" })).toBe("met c");
    expect(met(rows, { code: "xy" })).toBe("refused code: b, c");
    expect(met(rows, {})).toBe("open b, c");
    expect(met(rows, { param: "p" })).toBe("met b");
  });
});
