import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { appendPointer } from "../../src/syntax/json-pointer.ts";
import { spanOf } from "../../src/syntax/json-span.ts";

/** Every pointer of a value, with what it leads to. */
function* pointersOf(value: Json, pointer = ""): Generator<[string, Json]> {
  yield [pointer, value];
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* pointersOf(item, appendPointer(pointer, index));
  else if (typeof value === "object" && value !== null)
    for (const [name, member] of Object.entries(value)) yield* pointersOf(member, appendPointer(pointer, name));
}

describe("spanOf", () => {
  it("finds the text of every value of any JSON, however it is spaced", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, 4, "\t"), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const parsed = JSON.parse(text) as Json;
        for (const [pointer, part] of pointersOf(parsed)) {
          const span = spanOf(text, pointer);
          expect(span.whole).toBe(true);
          expect(JSON.parse(text.slice(span.start, span.end))).toEqual(part);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("gives the deepest value that exists on the way to one that does not", () => {
    const text = '{"detail": {"error": {"type": "x"}}}';
    const span = spanOf(text, "/detail/error/message");
    expect(span.whole).toBe(false);
    expect(text.slice(span.start, span.end)).toBe('{"type": "x"}');
  });

  it("takes the last of repeated members, as JSON.parse does", () => {
    const text = '{"a":1,"a":2}';
    const span = spanOf(text, "/a");
    expect(text.slice(span.start, span.end)).toBe("2");
  });

  it("ends on text that is not JSON", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("{", "}", "[", "]", '"', "\\", ":", ",", "a", "1", " ") }), (text) => {
        const span = spanOf(text, "/a/0/b");
        expect(span.start).toBeLessThanOrEqual(text.length);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it("does not overflow on deep nesting", () => {
    const text = `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    expect(spanOf(text, "/a").end).toBe(text.length - 1);
  });
});
