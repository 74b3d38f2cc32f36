import fc from "fast-check";
import { expect, test } from "vitest";
import { indentJson } from "../../../src/reporters/html/indent-json.ts";

test("JSON on one line is set out as JSON.stringify would", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue().map((value) => [value]),
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
      ),
      (value) => {
        const text = JSON.stringify(value);
        // Deeper nesting than a reader can follow is not indented further.
        fc.pre(!/[[{]{30}/.test(text));
        expect(indentJson(text)).toBe(JSON.stringify(value, null, 2));
      },
    ),
  );
});

test("every token stays as captured", () => {
  expect(indentJson('{"a":1.50,"a":12345678901234567890, "b" : [ ],"c":"\\u0041, {"}')).toBe(
    '{\n  "a": 1.50,\n  "a": 12345678901234567890,\n  "b": [],\n  "c": "\\u0041, {"\n}',
  );
});

test("what breaks off is set out as far as it goes; other text is left alone", () => {
  expect(indentJson('{"a":{"b":"c')).toBe('{\n  "a": {\n    "b": "c');
  for (const text of ["", "plain", "<html>{}</html>", '{\n"a": 1}', '"a, b"']) expect(indentJson(text)).toBe(text);
});

test("brackets alone do not grow without measure, nor take long", () => {
  expect(indentJson("[".repeat(16_000)).length).toBeLessThan(16_000 * 82);
  expect(indentJson(`[${'"\\'.repeat(50_000)}`).length).toBeLessThan(200_000);
});
