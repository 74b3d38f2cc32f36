import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { entryOf, harOf, readText, snapshot } from "./kit.ts";

// Thousands of small readings: on a busy machine they take their time.
vi.setConfig({ testTimeout: 30_000 });

const nasty = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ unit: fc.constantFrom("\\", '"', "a", "\n", "\u0000", "é", "😀", "{", "}", "[", "]", ",", "\ud800"), maxLength: 80 }),
  fc.constantFrom("", '{"log":{"entries":[{}]}}', "x".repeat(300), '\\"'.repeat(60)),
);
const names = fc.oneof(fc.constantFrom("log", "entries", "__proto__", "request", "response", "url", "constructor", "text"), nasty);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ depthSize: "small" }, nasty, fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), tie("list"), tie("object")),
  list: fc.array(tie("tree"), { maxLength: 4 }),
  object: fc.dictionary(names, tie("tree"), { maxKeys: 4 }),
}));
const headers = fc.array(fc.record({ name: fc.stringMatching(/^[A-Za-z-]{1,12}$/), value: nasty }), { maxLength: 4 });
const extra = fc.array(fc.tuple(fc.stringMatching(/^_[a-z"\\]{3,9}$/), tree), { maxLength: 3 });

/** An object's members in any order, unknown ones among them. */
const mixed = (members: Record<string, fc.Arbitrary<unknown>>) =>
  fc.tuple(fc.record(members), extra, fc.infiniteStream(fc.nat())).map(([record, more, order]) =>
    Object.fromEntries(
      [...Object.entries(record), ...more]
        .map((pair) => ({ pair, key: order.next().value }))
        .sort((a, b) => Number(a.key) - Number(b.key))
        .map(({ pair }) => pair),
    ),
  );
const entry = mixed({
  time: fc.double({ noNaN: true }),
  request: mixed({
    method: fc.constantFrom("GET", "post"),
    url: nasty.map((text) => `https://api.example.com/${text}`),
    headers,
    postData: mixed({ text: nasty, mimeType: nasty }),
  }),
  response: mixed({
    status: fc.integer({ min: 100, max: 599 }),
    headers,
    content: mixed({ text: nasty.filter((text) => !text.startsWith('["')), size: fc.nat() }),
  }),
});
const capture = fc.tuple(fc.array(entry, { maxLength: 4 }), tree, tree, fc.boolean()).map(([entries, before, after, pages]) => ({
  entries,
  json: { a: before, log: { ...(pages ? { pages: before } : {}), entries, version: after }, z: after },
}));
const spacing = fc.constantFrom(undefined, 1, "\t");
const chunks = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

interface Plain {
  request: { url: string; method: string; headers: { name: string; value: string }[]; postData: { text: string } };
  response: { status: number; headers: { name: string; value: string }[]; content: { text: string } };
}

/** What a JSON text says after its journey through UTF-8. */
function journey(value: unknown): Plain[] {
  return JSON.parse(Buffer.from(JSON.stringify(value)).toString()) as Plain[];
}

function plainView({ request, response }: Plain) {
  const split = (list: { name: string; value: string }[]) =>
    list.flatMap(({ name, value }) =>
      (value.includes("\n") ? value.split(/\r?\n/).filter((line) => line !== "") : [value]).map((line) => [name, line] as const),
    );
  return {
    url: request.url,
    method: request.method.toUpperCase(),
    requestHeaders: split(request.headers),
    requestText: request.postData.text,
    status: response.status,
    responseHeaders: split(response.headers),
    text: response.content.text,
  };
}

describe("against JSON.parse", () => {
  const sizes = fc.constantFrom(
    { chunk: 64, limit: 128 },
    { chunk: 16, limit: 64 },
    { chunk: 64, limit: 256 },
    { chunk: 64, limit: 1 << 20 },
    { chunk: 1 << 16, limit: 1 << 20 },
  );

  test("any capture, any chunks, any window: the same entries, no fault", () =>
    fc.assert(
      fc.asyncProperty(capture, spacing, chunks, sizes, fc.boolean(), async ({ entries, json }, indent, chunks, size, strict) => {
        const text = JSON.stringify(json, null, indent);
        const { seen, faults, bytes } = await readText(text, snapshot, { chunks, size, strict, both: true });
        expect(faults).toEqual([]);
        expect(bytes).toBe(Buffer.byteLength(text));
        expect(seen).toMatchObject(journey(entries).map(plainView));
        for (const { offset, line } of seen) {
          const before = Buffer.from(text).toString("latin1", 0, offset + 1);
          expect([before.at(-1), line]).toEqual(["{", before.split("\n").length]);
        }
      }),
      { numRuns: 120 },
    ));

  test("headers are found by any casing of their names, before and after the list is decoded", () =>
    fc.assert(
      fc.asyncProperty(headers, fc.boolean(), async (list, decodeFirst) => {
        const lookUp = (name: string) =>
          list
            .filter((line) => line.name.toLowerCase() === name.toLowerCase())
            .flatMap(({ value }) => (value.includes("\n") ? value.split(/\r?\n/).filter((line) => line !== "") : [value]));
        const plain = journey(list.map(({ name }) => lookUp(name)));
        const { seen } = await readText(harOf(entryOf({ response: { headers: list } })), ({ response }) => {
          if (decodeFirst) response.headers.lines();
          return list.map(({ name }) => response.headers.all(name.toUpperCase()));
        });
        expect(seen).toEqual([plain]);
      }),
      { numRuns: 100 },
    ));

  test("mayMention never denies what the text holds", () =>
    fc.assert(
      fc.asyncProperty(nasty, fc.constantFrom("a", "error", "x", "log", "/"), async (text, word) => {
        const { seen } = await readText(harOf(entryOf({ content: { text: `${text}/e\\rror` } })), ({ response: { body } }) => [
          body.mayMention(word),
          body.text().includes(word),
        ]);
        expect(seen[0]?.[0] || !seen[0]?.[1]).toBe(true);
      }),
    ));
});

test("a capture cut off anywhere: whole entries first, then one located error", async () => {
  const whole = Buffer.from(`${harOf(entryOf({ content: { text: 'é"\\😀{' } }), entryOf(), entryOf({ entry: { _x: [1, { y: "\\" }] } }))}`);
  const ends = (await readText(whole, snapshot)).seen.map(({ offset }) => offset);
  for (let length = 2; length < whole.length; length++) {
    const { seen, faults } = await readText(whole.subarray(0, length), snapshot, {
      chunks: [17, 300],
      size: { chunk: 64, limit: length % 2 === 0 ? 128 : 4096 },
      both: length % 5 === 0,
    });
    const errors = faults.filter(({ severity }) => severity === "error");
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ offset: length, entry: seen.length, line: 1 });
    expect(seen.map(({ offset }) => offset)).toEqual(ends.slice(0, seen.length));
    expect(seen.length).toBeGreaterThanOrEqual(ends.filter((_, index) => (ends[index + 1] ?? whole.length) < length - 1).length);
  }
});

describe("traps", () => {
  test("log and entries elsewhere are not the ones meant", async () => {
    const inner = harOf(entryOf({ request: { url: "https://wrong.example/" } }));
    const text = `{"entries":[${inner}],"x":{"log":${inner}},"y":${JSON.stringify(inner)},"log":{"pages":{"entries":[1]},"entries":[${JSON.stringify(entryOf())}]}}`;
    const { seen, faults } = await readText(text, snapshot, { chunks: [7] });
    expect(seen.map(({ url }) => url)).toEqual(["https://api.example.com/v1/things?a=1"]);
    expect(faults).toEqual([]);
  });

  test("escaped and repeated member names are read as JSON.parse reads them", async () => {
    const text =
      '{"\\u006cog":{"\\u0065ntries":[{"re\\u0071uest":{"url":"https://a/","\\u0075rl":"https://b/","method":"GET"},"response":{"status":404,"status":500,"content":{"text":"x"}}}]}}';
    for (const size of [
      { chunk: 1024, limit: 1024 },
      { chunk: 64, limit: 64 },
    ]) {
      const { seen } = await readText(text, snapshot, { size });
      expect(seen).toMatchObject([{ url: "https://b/", status: 500, text: "x" }]);
    }
  });

  test("__proto__ is a member like any other", async () => {
    const text =
      '{"__proto__":{"log":1},"log":{"__proto__":[],"entries":[{"__proto__":{"request":{}},"request":{"url":"https://a/","__proto__":{"method":"PUT"}},"response":{"status":200,"status":201}}]}}';
    const { seen, faults } = await readText(text, snapshot);
    expect(seen).toMatchObject([{ url: "https://a/", method: "", status: 201 }]);
    expect(faults.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("runs of backslashes over every chunk boundary", async () => {
    for (let run = 0; run < 12; run++) {
      const text = `${"p".repeat(200)}${"\\".repeat(run)}"${"q".repeat(250)}`;
      for (const chunk of [1, 13, 64, 255]) {
        const { seen, faults } = await readText(harOf(entryOf({ content: { text }, entry: { _z: text } })), snapshot, {
          chunks: [chunk],
          size: { chunk: 64, limit: run % 2 === 0 ? 64 : 8192 },
          both: chunk === 13,
        });
        expect([seen[0]?.text, faults]).toEqual([text, []]);
      }
    }
  });

  test("200,000 brackets deep, inside and outside of entries", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const one = JSON.stringify(entryOf()).replace(/\}$/, `,"_deep":${deep},"cache":{"x":${deep}}}`);
    const { seen, faults } = await readText(
      `{"a":${deep},"log":{"pages":${deep},"entries":[${one},${one.replace('"time"', '"\\u0074ime"')}]}}`,
      ({ notJudged, response }) => [notJudged, response.status],
      { chunks: [65_536] },
    );
    expect(seen).toEqual([
      [undefined, 200],
      [undefined, 200],
    ]);
    expect(faults).toEqual([]);
  });
});

test("a body larger than 8 MiB is cut between two characters, and says so", async () => {
  for (const unit of ["é", "\\", "😀", "\u0001"]) {
    const text = `x${unit.repeat(9_000_000 / Buffer.byteLength(JSON.stringify(unit).slice(1, -1)))}`;
    const { seen, faults } = await readText(
      harOf(entryOf({ content: { text, size: 1 }, response: { status: 500 } }), entryOf()),
      ({ response: { body } }) => [body.truncated, text.startsWith(body.text()), body.text().length > 1_000_000],
      { chunks: [1 << 20] },
    );
    expect(faults).toEqual([]);
    expect(seen[0]).toEqual([true, true, true]);
    expect(seen[1]?.[0]).toBe(false);
  }
});

test("what was not decoded in its turn cannot be read later", async () => {
  const { seen } = await readText(harOf(entryOf(), entryOf()), (exchange) => {
    if (exchange.origin.entry === 0) exchange.request.method;
    return exchange;
  });
  expect(seen[0]?.request.method).toBe("GET");
  expect(() => seen[1]?.request.method).toThrow("exchange read after its turn");
  expect(() => seen[0]?.response.body.text()).toThrow("exchange read after its turn");
  expect(() => seen[0]?.response.headers.get("x")).toThrow("exchange read after its turn");
});
