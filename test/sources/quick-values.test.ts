import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { F } from "../../src/sources/entry-fields.ts";
import { SpanParts } from "../../src/sources/entry-parts.ts";
import { readStart } from "../../src/sources/entry-time.ts";
import { readNumber } from "../../src/sources/json-number.ts";
import { parseTimestamp } from "../../src/syntax/timestamp.ts";
import { splitUrl } from "../../src/syntax/url.ts";

const numberIn = (text: string) => readNumber(Buffer.from(text), 0, text.length);

describe("a number read off the bytes", () => {
  it("is what JSON.parse makes of it", () => {
    const decimals = fc
      .tuple(fc.integer({ min: 0, max: 10 ** 8 }), fc.stringMatching(/^[0-9]{1,6}$/))
      .map(([whole, part]) => `${whole}.${part}`);
    fc.assert(
      fc.property(fc.oneof(decimals, fc.nat().map(String), fc.double({ min: 0, max: 1e300, noNaN: true }).map(String)), (text) => {
        const number = numberIn(text);
        expect([JSON.parse(text), -1]).toContain(number);
        if (/^[0-9.]{1,15}$/.test(text)) expect(number).toBe(JSON.parse(text));
      }),
    );
  });

  it.each(["-1", "1e3", "1.2.3", ".5", "null", "[1]", "1234567890123456789"])("is left to JSON.parse where it is written as %s", (text) => {
    expect(numberIn(text)).toBeLessThan(0);
  });
});

describe("a start read off the bytes", () => {
  const startIn = (text: string) => {
    const bytes = Buffer.from(`x"${text}"`);
    const spans = new Int32Array(2 * Object.keys(F).length);
    spans.set([1, bytes.length], 2 * F.startedDateTime);
    return readStart(new SpanParts(bytes, spans));
  };

  it("is what the parser of timestamps makes of it", () => {
    const pad = (digits: number, max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(digits, "0"));
    const dates = fc
      .tuple(pad(4, 2100), pad(2, 13), pad(2, 32), pad(2, 25), pad(2, 61), pad(2, 61), pad(3, 999), fc.constantFrom("Z", "z", "+01:00", ""))
      .map(([y, mo, d, h, mi, s, ms, zone]) => `${y}-${mo}-${d}T${h}:${mi}:${s}.${ms}${zone}`);
    fc.assert(
      fc.property(dates, (text) => {
        expect(startIn(text)).toBe(parseTimestamp(text));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a URL after another of the same server", () => {
  it("is split as it would be alone", () => {
    const alone = (url: string) => {
      splitUrl("other://elsewhere/");
      return splitUrl(url);
    };
    const hosts = fc.constantFrom(
      "https://a.example",
      "https://a.example:443",
      "https://u@a.example",
      "HTTP://A.example:80",
      "https://a.example.org",
    );
    const paths = fc.constantFrom("", "/", "?q=1", "#x", "/a/b?c=d#e", "\\x", ".", ":8080/p", "@b/c");
    fc.assert(
      fc.property(hosts, paths, hosts, paths, (first, path, second, other) => {
        const expected = alone(second + other);
        splitUrl(first + path);
        expect(splitUrl(second + other)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
