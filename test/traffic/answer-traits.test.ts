import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hideIds, hiderOf } from "../../src/traffic/masking/answer-traits.ts";

it("hides an id where it is a word of its own, in any spelling", () => {
  const id = "3f2a1b4c-0000-4000-8000-00000000abcd";
  const text = `No ${id}, ${id.toUpperCase()}, ${id.replaceAll("-", "")} or x${id}x.`;
  expect(hiderOf(id)(text)).toBe(`No {id}, {id}, {id} or x${id}x.`);
  expect(hiderOf("1")('{"code":"e11","id":1,"n":21}')).toBe('{"code":"e11","id":{id},"n":21}');
  expect(hiderOf("a/b")("/x/a%2Fb?y=a/b")).toBe("/x/{id}?y={id}");
  expect(hiderOf("")("text")).toBe("text");
});

it("hides any id literally, whatever characters it has", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 20 }), (id) => {
      hiderOf(id)(`before ${id} after`);
    }),
  );
});

it("hides numbers, UUIDs and long ids", () => {
  expect(hideIds("Request 8f3a21c0 of 3f2a1b4c-0000-4000-8000-00000000abcd failed 3 times")).toBe("Request # of # failed # times");
  expect(hideIds("organization not found")).toBe("organization not found");
});

describe("an id as long as a capture may hold", () => {
  it("is looked for in as many steps as the text has characters", () => {
    const periodic = "ab".repeat(100_000);
    const text = "ab".repeat(2_000_000);
    expect(hiderOf(periodic)(text)).toBe(text);
    expect(hiderOf("ab".repeat(90))(text)).toBe(text);
  });

  it("is hidden in a short text, as it stands there", () => {
    const id = "Ab-c".repeat(60);
    expect(hiderOf(id)(`No ${id}.`)).toBe("No {id}.");
    expect(hiderOf(id)(`No ${id}. ${"x".repeat(70_000)}`)).toContain(id);
  });
});
