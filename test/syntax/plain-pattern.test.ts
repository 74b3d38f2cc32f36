import fc from "fast-check";
import { RE2JS } from "re2js";
import { expect, test } from "vitest";
import { makePattern } from "../../src/syntax/pattern.ts";
import { plainPattern } from "../../src/syntax/plain-pattern.ts";

test.each(["^retry_after_(?<seconds>[0-9]+)$", "^[a-z_]+$", "^a-b/[A-F0-9-]?x", "^", "^(ab)(?<c>d)$"])("%s is plain", (source) => {
  expect(plainPattern(source)).toEqual(new RegExp(source, "u"));
});

test.each([
  "a",
  "^[a-z]+[a-z]+$",
  "^[a]?[a]?a$",
  "^(a)+$",
  "^a|b$",
  "^.$",
  "^\\d$",
  "^[^a]$",
  "^é$",
  "^a{2}$",
  "^[z-a]$",
  "^(a$",
  "^(?<n>a)(?<n>b)$",
])("%s is not", (source) => {
  expect(plainPattern(source)).toBeUndefined();
});

/** Patterns that are plain or nearly so, and texts that they may match. */
const atom = fc.oneof(
  fc.constantFrom("a", "b", "_", "0", " ", "-", "/", "<", "(", ")", "(?<n>", "(?<m>", "^", "$", "\\d", "."),
  fc
    .tuple(fc.constantFrom("[a-b]", "[0-9a-]", "[b_]", "[_-]", "[a-b-0]"), fc.constantFrom("", "", "+", "*", "?"))
    .map((parts) => parts.join("")),
);
const pattern = fc.array(atom, { maxLength: 8 }).map((atoms) => `^${atoms.join("")}`);
const text = fc.string({ unit: fc.constantFrom("a", "b", "_", "0", " ", "-", "/", "<", "\n", "é", "\u2028", "😀"), maxLength: 8 });

test("a plain pattern matches and captures what RE2 does", () => {
  fc.assert(
    fc.property(pattern, fc.constantFrom("", "$"), fc.array(text, { minLength: 10, maxLength: 10 }), (begun, end, texts) => {
      const source = begun + end;
      fc.pre(plainPattern(source) !== undefined);
      const other = RE2JS.compile(RE2JS.translateRegExp(source));
      for (const text of texts) {
        const matcher = other.matcher(text);
        const captured = matcher.find() ? { ...matcher.getNamedGroups() } : undefined;
        expect(makePattern(source).capture(text)).toEqual(captured);
        expect(makePattern(source).test(text)).toBe(captured !== undefined);
      }
    }),
    { numRuns: 300 },
  );
});
