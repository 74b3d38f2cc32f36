import { describe, expect, it, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { plainly, quoted, withArticle } from "../../src/syntax/wording.ts";

function nested(depth: number): Json {
  let value: Json = 1;
  for (let at = 0; at < depth; at++) value = at % 2 === 0 ? [value] : { a: value };
  return value;
}

describe("quoted", () => {
  it.each<Json>([null, true, -1.5, "a", 'say "a"\n', [], {}, [1, [2, { a: [] }]], { a: 1, "b c": { d: null } }, nested(6)])(
    "writes what is short as JSON does: %j",
    (value) => expect(quoted(value)).toBe(JSON.stringify(value)),
  );

  it("says so of nothing, and marks what it cuts", () => {
    expect(quoted(undefined)).toBe("absent");
    expect(quoted("x".repeat(60))).toBe(`"${"x".repeat(60)}"`);
    expect(quoted("x".repeat(61))).toBe(`"${"x".repeat(59)}…`);
    expect(quoted(Array(40).fill(12), 10)).toBe("[12,12,12,…");
  });

  it("writes no more than it shows, at any depth and size", () => {
    expect(quoted(nested(200_000))).toBe('{"a":[{"a":[{"a":[{…}]}]}]}');
    expect(quoted(Array(1_000_000).fill(0))).toHaveLength(61);
    expect(quoted(Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`m${at}`, at])))).toHaveLength(61);
    expect(quoted({ a: "\u0000".repeat(10_000_000) })).toHaveLength(61);
  });
});

describe("plainly", () => {
  it("leaves a short string as it stands, and cuts a long one", () => {
    expect(plainly('a "b"')).toBe('a "b"');
    expect(plainly("x".repeat(300))).toBe(`${"x".repeat(200)}…`);
    expect(plainly(404)).toBe("404");
    expect(plainly(nested(200_000))).toMatch(/^\{"a":\[/);
  });
});

test.each([
  ["course", "a course"],
  ["order", "an order"],
  ["private repository", "a private repository"],
  ["API key", "an API key"],
  ["URL", "a URL"],
  ["SSH key", "an SSH key"],
  ["user", "a user"],
  ["unit", "a unit"],
  ["uninvited guest", "an uninvited guest"],
  ["hour", "an hour"],
  ["European order", "a European order"],
  ["one-time code", "a one-time code"],
  ["", "a "],
])("%j has its article", (noun, spoken) => {
  expect(withArticle(noun)).toBe(spoken);
  expect(withArticle(noun, "A")).toBe(`A${spoken.slice(1)}`);
});
