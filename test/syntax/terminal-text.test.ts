import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsOf, shortened, visible, wrapped } from "../../src/syntax/terminal-text.ts";

describe("visible", () => {
  test.each([
    ["plain text, é, 名前, 🎉", "plain text, é, 名前, 🎉"],
    ["\u001b[31mred", "\\u001b[31mred"],
    ["a\nb\tc\rd", "a\\nb\\tc\\rd"],
    ["\u009b1m", "\\u009b1m"],
    ["abc\u202edcba", "abc\\u202edcba"],
    ["zero\u200bwidth", "zero\\u200bwidth"],
    ["\ud800 alone", "\\ud800 alone"],
    ["\u2028", "\\u2028"],
    ["tag \u{e0041}", "tag \\u{e0041}"],
    ["filler \u3164", "filler \\u3164"],
  ])("%j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});

test("columns: wide characters take two, marks and colours none", () => {
  expect([columnsOf("abc"), columnsOf("名前"), columnsOf("e\u0301"), columnsOf("\u001b[31mred\u001b[39m"), columnsOf("🎉")]).toEqual([
    3, 4, 1, 3, 2,
  ]);
});

describe("shortened", () => {
  test("leaves out the middle", () => {
    expect(shortened("abcdefghij", 7)).toBe("abc…hij");
    expect(shortened("abcdefghij", 7, "...")).toBe("ab...ij");
    expect(shortened("abc", 3)).toBe("abc");
  });
  test("never takes more columns than it may, not even by heaped marks", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 30 }), (text, columns) => {
        expect(columnsOf(shortened(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
    expect(shortened(`a${"\u0301".repeat(10_000)}`, 20).length).toBeLessThan(100);
  });
});

describe("wrapped", () => {
  test("breaks at spaces, and words that are too long", () => {
    expect(wrapped("the quick brown fox", 10)).toEqual(["the quick", "brown fox"]);
    expect(wrapped("a verylongwordindeed b", 8)).toEqual(["a", "verylong", "wordinde", "ed b"]);
  });
  test("loses nothing but the spaces it breaks at", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 30 }), (text, columns) => {
        const lines = wrapped(text, columns);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
