import { describe, expect, test } from "vitest";
import { entryOf, harOf, readText } from "./kit.ts";

const one = JSON.stringify(entryOf());
const read = (text: string | Buffer, options: Parameters<typeof readText>[2] = {}) => readText(text, (x) => x.origin.entry, options);

describe("what is no capture is named, once, with what to do", () => {
  test.each([
    ["", /empty/],
    [" \n ", /empty/],
    ["PK\u0003\u0004rest", /zip archive/],
    ["PK\u0003\u0004 0-trace.trace", /Playwright trace/],
    ['onInputData({"log":{}})', /JSONP/],
    ["[{}]", /JSON list/],
    ["---\nlog: {}", /YAML/],
    ["log:\n  entries: []\n", /YAML/],
    ["<!DOCTYPE html><html>", /HTML/],
    ["<har/>", /XML/],
    ["hello", /not JSON.*"hello"/],
    ['{"creator":{"log":{"entries":[]}}}', /"log" is missing.*"creator"/],
    ["{}", /"log" is missing/],
    [one, /"log" is missing/],
    ['{"log":[]}', /"log" is a list/],
    ['{"log":null}', /"log" is null/],
    ['{"log":{"pages":[]}}', /no "entries"/],
    ['{"log":{"entries":{}}}', /"log.entries" is an object/],
    ['{"log":{"entries":"x"}}', /"log.entries" is a string/],
  ])("%j", async (text, message) => {
    const { seen, faults } = await read(text);
    expect(seen).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({
      capture: "a.har",
      severity: "error",
      offset: expect.any(Number),
      line: expect.any(Number),
      advice: expect.any(String),
    });
    expect(faults[0]?.message).toMatch(message);
    expect(faults[0]?.message).not.toContain("\n");
  });

  test("UTF-16 and UTF-32, with and without a byte order mark", async () => {
    const text = harOf(entryOf());
    const big = Buffer.from(text, "utf16le").swap16();
    for (const bytes of [
      Buffer.from(`\ufeff${text}`, "utf16le"),
      Buffer.from(text, "utf16le"),
      big,
      Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
    ]) {
      const { faults } = await read(bytes, { chunks: [3] });
      expect(faults).toMatchObject([
        { severity: "error", message: expect.stringMatching(/UTF-16[LB]E text/), advice: expect.stringContaining("iconv") },
      ]);
    }
  });
});

test("a UTF-8 byte order mark is passed over", async () => {
  expect(await read(`\ufeff${harOf(entryOf())}`)).toMatchObject({ seen: [0], faults: [] });
});

test("bytes that are not UTF-8 are noted, the rest is read", async () => {
  const bytes = Buffer.from(harOf(entryOf({ content: { text: "aXb" } })));
  bytes[bytes.indexOf("aXb") + 1] = 0xff;
  for (const chunk of [1, 2, 50, 10_000]) {
    const { seen, faults } = await readText(bytes, (x) => x.response.body.text(), { chunks: [chunk] });
    expect(seen).toEqual(["a\ufffdb"]);
    expect(faults).toMatchObject([{ severity: "note", offset: bytes.indexOf(0xff) }]);
  }
});

describe("a broken entry is left out, located, and the rest is read", () => {
  test.each([
    ['{"request":{"url":"x"},}', /unexpected "}"/],
    ['{"request" {"url":"x"}}', /unexpected "\{"/],
    ['{"request":{"url":"x"} "response":{}}', /unexpected quote; a comma or a colon may be missing before it/],
    ['{"a":[1,2}}', /unexpected "}"/],
    ['{"a":tru}', /unexpected "t"/],
    ['{"a":[4-9]}', /unexpected "-"/],
    ['{"time":42-,"b":1}', /unexpected "-"/],
    ['{"a":{"b":04}}', /unexpected "4"/],
    ['{"a":[1 2]}', /unexpected "2"/],
    ['{"a":[1,]}', /unexpected "]"/],
    ['{"a":{"b"}}', /unexpected "}"/],
    ['{"a":{"b":1,}}', /unexpected "}"/],
    ['{"a":{"b":"c":1}}', /unexpected ":"/],
    ['{"a":{"b","c":1}}', /unexpected ","/],
    ['{"a":["b":1]}', /unexpected ":"/],
    ['{"a":{1:1}}', /unexpected "1"/],
    ['{"a":\u0001}', /0x01/],
    ['{"request":{"url":undefined}}', /unexpected "u"/],
    ["7", /not an object/],
    ["null", /not an object/],
    ['"x"', /not an object/],
    ["[{}]", /not an object/],
    ["{}", /no request: it was left out/],
    ['{"request":null}', /no request/],
    ['{"request":{"method":"GET"}}', /no request URL/],
    ['{"request":{"url":7}}', /no request URL/],
    ['{"\\u0061":1,"request":{"url":"x"},"b":01}', /not JSON/],
  ])("%s", async (broken, message) => {
    for (const size of [{ chunk: 64, limit: 1 << 16 }, undefined]) {
      const text = `{"log":{"entries":[\n${one},\n${broken},\n${one}]}}`;
      const { seen, faults, entries } = await read(text, size === undefined ? {} : { size, chunks: [19] });
      expect(seen).toEqual([0, 2]);
      expect(entries).toBe(3);
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatchObject({ severity: "error", entry: 1, line: 3, offset: expect.any(Number) });
      expect(faults[0]?.message).toMatch(message);
    }
  });

  test("a comma too much, a second list, a second log, a second document, trailing text", async () => {
    for (const [text, message] of [
      [`{"log":{"entries":[${one},]}}`, /comma/],
      [`{"log":{"entries":[${one}],"entries":[${one}]}}`, /second "entries"/],
      [`{"log":{"entries":[${one}]},"log":{"entries":[${one}]}}`, /second "log"/],
      [`{"log":{"entries":[${one}]}}\n{"log":{"entries":[${one}]}}`, /second document/],
      [`{"log":{"entries":[${one}]}} x`, /unexpected "x"/],
      [`{"log":{"entries":[${one}]}}]`, /unexpected "]"/],
      [`{"log":{"entries":[${one} ${one}]}}`, /unexpected/],
      [`{"log":{"entries":[${one}}}`, /unexpected "}"/],
    ] as const) {
      const { seen, faults } = await read(text);
      expect(seen).toEqual([0]);
      expect(faults).toMatchObject([
        { severity: "error", message: expect.stringMatching(message), offset: expect.any(Number), line: expect.any(Number) },
      ]);
    }
  });

  test("an entry without scheme and host, without a response, without a date that can be read", async () => {
    const { seen, faults } = await readText(
      harOf(
        entryOf({ request: { url: "/relative" } }),
        entryOf({ entry: { response: undefined } }),
        entryOf({ entry: { startedDateTime: "NaN-NaN" } }),
        entryOf({ entry: { startedDateTime: "+03:002021-11-23T17:34:45" } }),
      ),
      ({ origin }) => origin.entry,
    );
    expect(seen).toEqual([1, 2, 3]);
    expect(faults).toMatchObject([
      { severity: "error", entry: 0, message: expect.stringContaining("1 entry without an absolute request URL") },
      { severity: "note", entry: 1, message: expect.stringContaining("1 entry without a response") },
      { severity: "note", entry: 2, message: expect.stringContaining("2 entries with a startedDateTime that cannot be read") },
    ]);
  });

  test("hundreds of them are counted", async () => {
    const { faults, entries } = await read(`{"log":{"entries":[${new Array(300).fill("{}").join()}]}}`);
    expect(entries).toBe(300);
    expect(faults).toHaveLength(21);
    expect(faults[20]?.message).toContain("280 more entries");
  });
});

test("a broken entry larger than the window ends the reading, located", async () => {
  const large = `{"_x":"${"y".repeat(5000)}","a":[}}`;
  const text = `{"log":{"entries":[${one},\n${large},${one}]}}`;
  const { seen, faults } = await read(text, { chunks: [100], size: { chunk: 64, limit: 512 } });
  expect(seen).toEqual([0]);
  expect(faults).toMatchObject([
    { severity: "error", entry: 1, line: 2, message: 'entry 1 is not JSON: unexpected "}"; nothing after it was read' },
  ]);
});

test("a piece torn out of two entries is an error, wherever the tear is", async () => {
  const header = '{"name":"Accept","value":"x"},{"name":"User-Agent","value":"y"}';
  const whole = harOf(...[0, 1, 2].map(() => entryOf({ request: { headers: JSON.parse(`[${header}]`) } })));
  const from = whole.indexOf('"Accept","') + '"Accept","'.length;
  const to = whole.indexOf("r-Agent", from + 200);
  const { seen, faults } = await read(whole.slice(0, from) + whole.slice(to));
  expect(seen).toEqual([1]);
  expect(faults).toMatchObject([{ severity: "error", entry: 0, message: expect.stringContaining("not JSON") }]);
});

test.each([false, true])("every entry must be JSON to the last escape, strict: %s", async (strict) => {
  const text = `{"log":{"entries":[${one.replace('"time":12.5', '"time":12.5,"_x":["\\q"]')},${one}]}}`;
  expect(await read(text, { strict })).toMatchObject({
    seen: [1],
    faults: [
      {
        severity: "error",
        entry: 0,
        message: expect.stringMatching(/entry 0 was left out: not JSON: .* stands (?:unescaped )?in a string/),
      },
    ],
  });
});

describe("NDJSON", () => {
  const options = { name: "a.ndjson" };

  test("one entry a line; blank lines, CRLF and a missing last newline do not matter", async () => {
    const text = `\n${one}\r\n\r\n  ${one}\n${one}`;
    for (const chunk of [1, 100, 10_000]) {
      const { seen, faults } = await readText(text, ({ origin }) => [origin.entry, origin.offset, origin.line], {
        ...options,
        chunks: [chunk],
        size: { chunk: 64, limit: 1 << 16 },
      });
      expect(seen).toEqual([
        [0, 1, 2],
        [1, 1 + one.length + 4 + 2, 4],
        [2, 1 + one.length + 4 + 2 + one.length + 1, 5],
      ]);
      expect(faults).toEqual([]);
    }
  });

  test("a bad line is located, the others are read", async () => {
    for (const bad of ["{", "7", "x", '{"a":', `{"log":{"entries":[${one}]}}`, `${one.slice(0, -1)}`, "{}"]) {
      const { seen, faults } = await read(`${one}\n${bad}\n${one}\n`, options);
      expect(seen).toEqual([0, 2]);
      expect(faults).toMatchObject([{ severity: "error", entry: 1, line: 2 }]);
    }
    expect((await read(`{"log":{"entries":[${one}]}}`, options)).faults[0]?.message).toContain("whole HAR document");
    expect((await read(`${one} ${one}\n${one}`, options)).faults).toMatchObject([
      { entry: 0, line: 1, message: expect.stringContaining("something follows") },
    ]);
  });

  test("a line larger than the window", async () => {
    const large = JSON.stringify(entryOf({ entry: { _x: "y".repeat(5000) } }));
    const { seen, faults } = await read(`${large}\n${large}\n${one}`, { ...options, chunks: [100], size: { chunk: 64, limit: 512 } });
    expect([seen, faults]).toEqual([[0, 1, 2], []]);
  });

  test.each([512, 6000])("a large entry that goes on over the line is none, in a window of %i bytes", async (limit) => {
    const large = JSON.stringify(entryOf({ entry: { _x: "y".repeat(5000) } }));
    const { seen, faults } = await read(`${one}\n${large.slice(0, -1)}\n}\n${one}`, {
      ...options,
      chunks: [100],
      size: { chunk: 64, limit },
      both: true,
    });
    expect(seen).not.toContain(1);
    expect(seen).toHaveLength(2);
    expect(faults[0]).toMatchObject({ severity: "error", entry: 1, line: 2, message: expect.stringContaining("no whole JSON object") });
  });

  test("a large line that is broken is lost alone", async () => {
    const broken = `{"request":{"x":[1,"a":{"b":"${"y".repeat(6000)}`;
    const { seen, faults } = await read(`${one}\n${broken}\n${one}\n[${broken}\n${one}\n`, {
      ...options,
      chunks: [100],
      size: { chunk: 64, limit: 512 },
      both: true,
    });
    expect(seen).toEqual([0, 2, 4]);
    expect(faults.map(({ entry, line }) => [entry, line])).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test("is known without a name", async () => {
    expect(await read(`${one}\n${one}`, { name: "<stdin>" })).toMatchObject({ seen: [0, 1], faults: [] });
    expect(await read(harOf(entryOf()), { name: "<stdin>" })).toMatchObject({ seen: [0], faults: [] });
  });
});
