import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { fieldPaths } from "../../src/sources/entry-fields.ts";
import { anyTexts, damaged, objectTexts } from "./json-texts.ts";
import { parse, plain, type Seen, scan, simd, skip } from "./kit.ts";

vi.setConfig({ testTimeout: 30_000 });

const places = fc.integer({ min: 0, max: 70 });
const chunks = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 });
function both(bytes: Uint8Array, at = 0, length = bytes.length): Seen {
  const seen = scan(simd, bytes, at, length);
  const same = scan(plain, bytes, at, length);
  // Asked thousands of times: what is the same needs no matcher.
  if (!isDeepStrictEqual(same, seen)) expect(same).toEqual(seen);
  return seen;
}

/** Holds what was seen of a text against what JSON.parse makes of it. */
function holdAgainstParse(text: string, bytes: Buffer, seen: Seen): void {
  if (typeof seen.after !== "number" || seen.after < 0) {
    expect(parse(text)).toBeUndefined();
    return;
  }
  const parsed = parse(bytes.toString("utf8", 0, seen.after));
  if (parsed === undefined) expect(seen.doubtful).toBe(true);
  if (parsed === undefined || seen.doubtful) return;
  for (const [field, path] of fieldPaths.entries()) {
    const [start, end] = seen.spans?.[field] ?? [0, 0];
    expect(start === 0 ? undefined : parse(bytes.toString("utf8", start, end))?.value).toEqual(memberAt(parsed.value, path));
  }
}

function memberAt(value: unknown, path: readonly string[]): unknown {
  for (const name of path) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

describe("both scanners", () => {
  test("find of any object what JSON.parse finds, wherever it lies", () =>
    fc.assert(
      fc.property(objectTexts, places, (text, at) => {
        const bytes = Buffer.from(text);
        const seen = both(bytes, at);
        expect(seen.after).toBe(bytes.length);
        holdAgainstParse(text, bytes, seen);
      }),
      { numRuns: 400 },
    ));

  test("wait for the rest of an object cut anywhere", () =>
    fc.assert(
      fc.property(objectTexts, places, (text, at) => {
        const bytes = Buffer.from(text);
        for (let length = 1; length < bytes.length; length++) expect(both(bytes, at, length).after).toBe(-1);
      }),
      { numRuns: 25 },
    ));

  test("take of a damaged object no more than JSON.parse takes", () =>
    fc.assert(
      fc.property(damaged(objectTexts), places, (text, at) => {
        fc.pre(text.startsWith("{"));
        const bytes = Buffer.from(text);
        holdAgainstParse(text, bytes, both(bytes, at));
      }),
      { numRuns: 600 },
    ));

  test("make the same of any damaged byte", () =>
    fc.assert(
      fc.property(objectTexts, fc.nat(), fc.nat(255), (text, where, byte) => {
        const bytes = Buffer.from(text);
        bytes[1 + (where % (bytes.length - 1))] = byte;
        holdAgainstParse(bytes.toString(), bytes, both(bytes));
      }),
      { numRuns: 600 },
    ));
});

describe("both skippers", () => {
  test("take what JSON.parse takes, chunk by chunk, and nothing else in silence", () =>
    fc.assert(
      fc.property(anyTexts, chunks, places, (generated, sizes, at) => {
        const text = generated.trimStart();
        fc.pre(text !== "");
        // A value is followed by something, as any is in a document.
        const bytes = Buffer.from(`${text}\n,`);
        const seen = skip(simd, bytes, sizes, at);
        expect(skip(plain, bytes, sizes, at)).toEqual(seen);
        expect(skip(simd, bytes, [bytes.length], at)).toEqual(seen);
        const isAll = typeof seen.after === "number" && seen.after >= 0 && bytes.toString("utf8", seen.after).trim() === ",";
        expect(isAll && seen.flaw === undefined).toBe(parse(text) !== undefined);
      }),
      { numRuns: 3000 },
    ));
});

/** All rows of some tokens, up to a length. */
function* rows(tokens: readonly string[], length: number): Generator<string> {
  yield "";
  if (length > 0) for (const token of tokens) for (const rest of rows(tokens, length - 1)) yield token + rest;
}

test.each(["", '{"a":1', "[1", '{"a":[{}'])("all that four tokens can make of %j", (start) => {
  for (const end of rows(["{", "}", "[", "]", ",", ":", '"a"', "1"], 4)) {
    const text = start + end;
    if (/^[\s,]|^$/.test(text)) continue;
    const bytes = Buffer.from(`${text}\n,`);
    const seen = skip(simd, bytes, [bytes.length]);
    const isAll = seen.after === text.length;
    if (isAll !== (parse(text) !== undefined) || !isDeepStrictEqual(seen, skip(plain, bytes, [2])))
      expect([text, seen]).toBe("what JSON.parse says");
  }
});

describe("traps", () => {
  const swept = (make: (pad: string) => string, expected: Partial<Seen>) => {
    for (let pad = 0; pad < 80; pad++) {
      const text = make("p".repeat(pad));
      const bytes = Buffer.from(text);
      const seen = both(bytes, pad % 3);
      expect([pad, seen]).toMatchObject([pad, { after: bytes.length, ...expected }]);
      holdAgainstParse(text, bytes, seen);
    }
  };

  test.each(Array.from({ length: 12 }, (_, run) => run))("%i backslashes over the border of any block", (run) => {
    const slashes = "\\".repeat(run);
    swept((pad) => `{"x":${JSON.stringify(`${pad}${slashes}"q`)},"url":${JSON.stringify(slashes)}}`, { doubtful: false });
    // After an escape, blocks are counted from there.
    swept((pad) => `{"x":${JSON.stringify(`\n${pad}${slashes}"q`)}}`, { doubtful: false });
  });

  const flaws: readonly (readonly [string, string])[] = [
    ["a control byte", "\u0001"],
    ["a raw newline", "\n"],
    ["an unknown escape", "\\q"],
    ["an escaped control byte", "\\\n"],
    ["an escaped byte above ASCII", "\\é"],
    ["too few digits", "\\u12"],
    ["a digit that is none", "\\u12G4"],
    ["no digit", "\\u"],
    ["digits cut by an escape", "\\u12\\n4"],
    ["a capital letter", "\\N"],
    ["a capital U", "\\U0041"],
  ];

  test.each([62, 63, 64, 127])("an escape over a border counts once, %i bytes before the end", (count) => {
    swept((pad) => `{"x":"\\n${pad}\\n${"p".repeat(count)}","url":"y"}`, { doubtful: false });
  });

  test("an escape may be cut by a chunk's end wherever a block ends", () => {
    for (let pad = 0; pad < 70; pad++) {
      const text = `["\\n${"p".repeat(pad)}\\"q\\\\"]`;
      for (let chunk = pad; chunk < pad + 10; chunk++)
        expect(skip(simd, Buffer.from(`${text},`), [Math.max(1, chunk)])).toEqual({ after: text.length, flaw: undefined });
    }
  });

  test.each(flaws)("%s is found wherever a chunk ends", (_, flaw) => {
    const bytes = Buffer.from(`["ab${flaw}xy"],`);
    const seen = skip(plain, bytes, [bytes.length]);
    expect(seen).toEqual({ after: bytes.length - 1, flaw: expect.any(Number) });
    for (let chunk = 1; chunk < bytes.length; chunk++) for (const space of [simd, plain]) expect(skip(space, bytes, [chunk])).toEqual(seen);
  });

  test.each(flaws)("%s is doubted wherever it stands in a string, skipped or not", (_, flaw) => {
    swept((pad) => `{"x":"${pad}${flaw}","z":1}`, { doubtful: true });
    swept((pad) => `{"x":[{"${pad}${flaw}y":"z"}]}`, { doubtful: true });
    swept((pad) => `{"response":{"content":{"text":"${pad}${flaw}${pad}"}}}`, { doubtful: true });
  });

  test.each(['\\"', "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0aF9"])("%s is no flaw", (pair) => {
    swept((pad) => `{"x":"${pad}${pair.repeat(40)}","url":"${pair}"}`, { doubtful: false });
  });

  test("names that are nearly known are not", () => {
    for (const [name, is] of [
      ["url", true],
      ["urL", false],
      ["ur", false],
      ["urll", false],
      ["_fetchedViaServiceWorker", false],
    ] as const) {
      const seen = both(Buffer.from(`{"request":{"${name}":"x"}}`));
      expect(seen.spans?.filter(([start]) => start > 11).length).toBe(is ? 1 : 0);
    }
    for (const path of fieldPaths) {
      const text = path.reduceRight((inner, name) => `{"${name}":${inner}}`, "17");
      expect(memberAt(JSON.parse(text), path)).toBe(17);
      holdAgainstParse(text, Buffer.from(text), both(Buffer.from(text)));
      expect(both(Buffer.from(text)).doubtful).toBe(false);
    }
  });

  test("an escaped known name and a repeated one are doubted", () => {
    expect(both(Buffer.from('{"\\u0075rl":1}')).doubtful).toBe(true);
    expect(both(Buffer.from('{"request":{"url":1,"url":2}}')).doubtful).toBe(true);
    expect(both(Buffer.from('{"x":1,"x":2}')).doubtful).toBe(false);
  });

  test.each([100, 32_768, 32_769, 100_000])("%i brackets deep", (depth) => {
    const deep = `${"[".repeat(depth)}{"a":"b\\n"}${"]".repeat(depth)}`;
    const bytes = Buffer.from(`{"x":${deep},"url":"y"}`);
    expect(both(bytes)).toMatchObject({ after: bytes.length, doubtful: false });
    expect(both(bytes, 0, bytes.length - 20).after).toBe(-1);
    for (const chunk of [1000, 32_768, 1 << 20])
      for (const space of [simd, plain]) {
        expect(skip(space, Buffer.from(`${deep},`), [chunk])).toEqual({ after: deep.length, flaw: undefined });
        expect(skip(space, Buffer.from(`${deep.slice(0, -9)}}`), [chunk]).after).toBe(`break ${deep.length - 9}`);
      }
  });

  test("newlines are counted alike", () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(10, 13, 65), { maxLength: 400 }), places, fc.nat(400), (list, at, from) => {
        const bytes = Buffer.from(list);
        const start = Math.min(from, bytes.length);
        const expected = bytes.subarray(start).filter((byte) => byte === 10).length;
        for (const space of [simd, plain]) {
          space.bytes.fill(10, 0, 600);
          space.bytes.set(bytes, at);
          expect(space.countNewlines(at + start, at + bytes.length)).toBe(expected);
        }
      }),
    ));

  test("more newlines in a row than a lane counts", () => {
    simd.bytes.fill(10, 0, 1 << 20);
    expect(simd.countNewlines(3, 1 << 20)).toBe((1 << 20) - 3);
  });
});
