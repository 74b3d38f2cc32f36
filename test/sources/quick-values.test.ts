import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { F } from "../../src/sources/entry-fields.ts";
import { SpanParts } from "../../src/sources/entry-parts.ts";
import { readStart } from "../../src/sources/entry-time.ts";
import { readNumber } from "../../src/sources/json-number.ts";
import { parseTimestamp } from "../../src/syntax/timestamp.ts";
import { splitUrl } from "../../src/syntax/url.ts";
import { entryOf, harOf, readText } from "./kit.ts";

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

describe("the head of a body", () => {
  const headOf = async (text: string, length: number, written = JSON.stringify(text)) => {
    const har = harOf(entryOf({ response: { content: { size: 1, mimeType: "text/plain", text: "@" } } })).replace('"@"', () => written);
    const { seen } = await readText(har, ({ response: { body } }) => [body.head(length), body.text().slice(0, length)], { both: true });
    return seen[0] ?? [];
  };
  const asEscapes = (text: string) => `"${[...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}"`;

  it("is the beginning of its text, however it is written", async () => {
    const texts = fc.array(fc.constantFrom("a", '"', "\\", "\n", "é", "学", "\ufffd", "😀", "{", "[")).map((chars) => chars.join(""));
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(30), async (text, length) => {
        const [head, beginning] = await headOf(`x${text}`, length);
        expect(head).toBe(beginning);
      }),
    );
    expect(await headOf("ü", 1, asEscapes("ü"))).toEqual(["ü", "ü"]);
  });

  it("of a compressed stream is that of what it holds", async () => {
    const packed = gzipSync("the secret text").toString("latin1");
    expect(await headOf(packed, 10)).toEqual(["the secret", "the secret"]);
  });

  it("takes no longer for a body of characters that stand for wrong bytes", async () => {
    const [head = ""] = await headOf(`${"\ufffd".repeat(200_000)}x`, 100_000);
    expect(head).toHaveLength(100_000);
  });
});

describe("what the bytes are asked", () => {
  it("a member that is nearly a field's value is none", async () => {
    const fields = '"headers":[{"name":"Retry-After","valxe":"60"}]';
    const har = `{"log":{"entries":[{"request":{"url":"https://a.example/","method":"GET","headers":[]},"response":{"status":429,${fields}}}]}}`;
    for (const strict of [false, true]) {
      const { seen } = await readText(har, ({ response }) => response.headers.get("retry-after"), { strict });
      expect(seen).toEqual([""]);
    }
  });

  it("an encoding that is no text is none", async () => {
    const content = '"content":{"size":100,"text":"{\\"error\\":","encoding":null}';
    const har = `{"log":{"entries":[{"request":{"url":"https://a.example/","method":"GET","headers":[]},"response":{"status":500,"headers":[],${content}}}]}}`;
    for (const strict of [false, true]) {
      const { seen } = await readText(har, ({ response }) => response.body.truncated, { strict });
      expect(seen).toEqual([true]);
    }
  });
});
