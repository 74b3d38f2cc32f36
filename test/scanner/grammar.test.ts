import fc from "fast-check";
import { expect, test } from "vitest";
import { skipValue } from "../../src/scanner/skip-value.ts";
import { ValueSkipper } from "../../src/scanner/value-skipper.ts";

const tokens = ["{", "}", "[", "]", ",", ":", '"a"', '"b\\"\\\\"', "0", "1", "-", ".", "e", "+", "true", "nul", "null", "false", " ", "x"];
const valid = fc.json({ maxDepth: 4, noUnicodeString: true }).map((text) => text.replaceAll("\\u", "u"));
/** JSON with a piece taken out or put in, and strings of tokens. */
const texts = fc.oneof(
  fc.array(fc.constantFrom(...tokens), { minLength: 1, maxLength: 8 }).map((list) => list.join("")),
  fc
    .tuple(valid, fc.nat(40), fc.nat(3), fc.constantFrom("", ...tokens))
    .map(([text, at, count, put]) => text.slice(0, at) + put + text.slice(at + count)),
  fc.double().map(String),
);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text has one value, then this: what ends a number. */
const after = "\n,";

function skipsAll(text: string): boolean {
  const bytes = Buffer.from(text + after);
  const end = skipValue(bytes, 0, bytes.length);
  return end >= 0 && text.slice(end).trim() === "";
}

function feedsAll(text: string, chunk: number): boolean {
  const bytes = Buffer.from(text + after);
  const skipper = new ValueSkipper(bytes, false);
  let i = 0;
  for (let end = chunk; !skipper.done; end += chunk) {
    i = skipper.feed(i, Math.min(end, bytes.length));
    if (i < 0 || (end >= bytes.length && !skipper.done)) return false;
  }
  return text.slice(i).trim() === "";
}

test("both ways to pass over a value take what JSON.parse takes, and nothing else", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 9 }), (generated, chunk) => {
      const text = generated.trimStart();
      // Within strings, raw control characters and bad escapes are let pass.
      fc.pre(text !== "" && [...text].every((char) => char >= " ") && !/\\[^"\\/bfnrt]/.test(text));
      const json = isJson(text);
      expect([skipsAll(text), feedsAll(text, chunk)]).toEqual([json, json]);
    }),
    { numRuns: 20_000 },
  );
});
