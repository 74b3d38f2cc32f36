import { describe, expect, it } from "vitest";
import { LineSum, TextSum } from "../../src/traffic/text-sum.ts";

const sumOf = (...texts: string[]) => texts.reduce((sum, text) => sum.add(text), new TextSum()).value;

describe("TextSum", () => {
  it("differs for texts that differ in a character, in their order, or in where one ends", () => {
    const all = [["ab", "c"], ["a", "bc"], ["abc"], ["c", "ab"], ["ab", "d"], ["", "abc"], ["abc", ""], []];
    expect(new Set(all.map((texts) => sumOf(...texts))).size).toBe(all.length);
    const paths = Array.from({ length: 100_000 }, (_, n) => sumOf(`/v1/courses/crs_${n.toString(36)}`, `page=${n % 7}`));
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.every(Number.isSafeInteger)).toBe(true);
  });

  it("goes on where another has come to", () => {
    const begun = new TextSum().add("a");
    expect(new TextSum().copyOf(begun).add("b").value).toBe(sumOf("a", "b"));
    expect(begun.value).toBe(sumOf("a"));
  });
});

describe("LineSum", () => {
  const lines = (...pairs: [string, string][]) => {
    const sum = new LineSum();
    for (const [name, value] of pairs) sum.add(name, value);
    return sum.value;
  };

  it("is the same in any order, and another where a line is another, more, or less", () => {
    expect(lines(["a", "1"], ["b", "2"])).toBe(lines(["b", "2"], ["a", "1"]));
    const all = [lines(["a", "1"], ["b", "2"]), lines(["a", "2"], ["b", "1"]), lines(["a", "1"]), lines(["a", "1"], ["a", "1"]), lines()];
    expect(new Set(all).size).toBe(all.length);
  });
});
