import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databaseErrors, databaseHint } from "../../src/syntax/disclosure/database-errors.ts";
import { debugPages } from "../../src/syntax/disclosure/debug-pages.ts";
import { exceptionHint, exceptionNames } from "../../src/syntax/disclosure/exception-names.ts";
import { filePaths, pathHint } from "../../src/syntax/disclosure/file-paths.ts";
import { hostHint, internalHosts } from "../../src/syntax/disclosure/internal-hosts.ts";
import type { DisclosurePattern } from "../../src/syntax/disclosure/pattern.ts";
import { frameHint, stackFrames } from "../../src/syntax/disclosure/stack-frames.ts";
import { mayNameSecret, namedSecretShapes } from "../../src/syntax/named-secret-shapes.ts";
import { isPlaceholder } from "../../src/syntax/placeholder.ts";
import { mayHoldSecret, secretShapes } from "../../src/syntax/secret-shapes.ts";

const lists: readonly [string, readonly DisclosurePattern[]][] = [
  ["stack frame", stackFrames],
  ["exception name", exceptionNames],
  ["database error", databaseErrors],
  ["file path", filePaths],
  ["internal host", internalHosts],
];

const patterns = lists.flatMap(([kind, list]) => list.map((pattern) => [`${kind} ${pattern.id}`, pattern] as const));
const matches = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].length;
const isSource = (source: string) => /^https:\/\/\S+|^CWE-\d+$/.test(source);

describe("what gives a server away", () => {
  it.each(lists)("has names of its own: %s", (_, list) => {
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
  });

  it.each([
    ["stack frames", frameHint, stackFrames],
    ["file paths", pathHint, filePaths],
    ["database errors", databaseHint, databaseErrors],
    ["exception names", exceptionHint, exceptionNames],
    ["internal hosts", hostHint, internalHosts],
  ] as const)("%s: what one is told by stands in whatever a pattern takes", (_, hint, list) => {
    const texts = lists.flatMap(([, all]) => all.flatMap(({ example, unlike }) => [example, ...unlike]));
    const taken = texts.flatMap((text) => list.flatMap(({ pattern }) => [...text.matchAll(pattern)].map(([match]) => match)));
    expect(taken.length).toBeGreaterThanOrEqual(list.length);
    for (const match of taken) expect(match).toMatch(hint);
    expect(hint.test("There is no such course.")).toBe(false);
  });

  it.each(patterns)("%s: found in its example, and not in what is like it", (_, { pattern, example, unlike, source }) => {
    expect(matches(pattern, example)).toBeGreaterThan(0);
    for (const text of unlike) expect([text, matches(pattern, text)]).toEqual([text, 0]);
    expect(isSource(source)).toBe(true);
  });

  it.each(debugPages.map((page) => [page.id, page] as const))(
    "debug page of %s: two marks at least",
    (_, { marks, example, unlike, source }) => {
      const count = (text: string) => marks.filter((mark) => mark.test(text)).length;
      expect(count(example)).toBeGreaterThanOrEqual(2);
      for (const text of unlike) expect(count(text)).toBeLessThan(2);
      expect(isSource(source)).toBe(true);
    },
  );
});

describe("what a secret looks like", () => {
  it.each(secretShapes.map((shape) => [shape.id, shape] as const))("%s", (_, { wide, whole, example, unlike, source }) => {
    const secret = example.join("");
    expect(matches(wide, secret)).toBe(1);
    if (whole !== undefined) expect(whole.test(secret) && !isPlaceholder(whole.exec(secret)?.[0] ?? "")).toBe(true);
    for (const text of unlike)
      expect([text, (whole ?? new RegExp(wide.source, wide.flags.replace("g", ""))).test(text)]).toEqual([text, false]);
    expect(isSource(source)).toBe(true);
  });
});

/** A pattern without what only looks around: every text that a pattern matches, this one matches too. */
function withoutLooks({ source }: RegExp): RegExp {
  let plain = source.replaceAll("\\b", "").replaceAll("\\2", "(?:\\\\)+").replaceAll("[^]", "[a-z]");
  for (let at = plain.search(/\(\?<?[=!]/); at >= 0; at = plain.search(/\(\?<?[=!]/)) {
    let [end, open, inClass] = [at, 0, false];
    do {
      const character = plain[end++];
      if (character === "\\") end++;
      else if (inClass) inClass = character !== "]";
      else if (character === "[") inClass = true;
      else open += character === "(" ? 1 : character === ")" ? -1 : 0;
    } while (open > 0);
    plain = plain.slice(0, at) + plain.slice(end);
  }
  return new RegExp(plain);
}

describe("a text that holds a secret is not passed over", () => {
  const patterns = secretShapes.flatMap(({ id, wide, whole }) => [
    [id, wide] as const,
    ...(whole ? [[`${id}, whole`, whole] as const] : []),
  ]);
  it.each(patterns)("%s", (id, pattern) => {
    const isNamed = namedSecretShapes.some((shape) => shape.id === id);
    fc.assert(
      fc.property(fc.stringMatching(withoutLooks(pattern)), (text) => {
        for (const each of [text, text.toUpperCase(), `x ${text}\n`]) {
          if (!new RegExp(pattern.source, pattern.flags.replace("g", "")).test(each)) continue;
          expect(mayHoldSecret(each)).toBe(true);
          if (isNamed) expect(mayNameSecret(each)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("and one without any is", () => {
    expect(mayHoldSecret('{"error":{"type":"not_found_error","code":"course_not_found","message":"No such course"}}')).toBe(false);
    expect(mayNameSecret("a course")).toBe(false);
  });
});

describe("time", () => {
  const seeds = [
    ..."a0 .-/:(\"'<\\=%#\n",
    "at ",
    "at a.",
    "a.b",
    "at a.b(",
    "eyJ-",
    "eyJaaaaaaaaaaaa.eyJaaaaa.",
    "10.",
    "1.",
    "fd00:",
    "a-",
    "a.a-",
    "/a",
    "/home/a",
    "/var/www/",
    "C:\\a",
    "C:\\a\\ ",
    'File "',
    "#0 ",
    "SELECT a FROM ",
    "System.A",
    "java.a.",
    "org.A.",
    "'a' object ",
    "Table 'a.",
    "goroutine 1 [",
    "<pre>",
    "<br> &nbsp;",
    "://a",
    "://",
    "postgres://a:",
    "sk-",
    "token=",
    "-----BEGIN ",
    "Bearer ",
    'select a from "',
    "a.rb:1",
    "lib/a.ex:1: ",
    "Symfony\\",
    "** (A.",
  ];
  const all = [
    ...patterns.map(([, { pattern }]) => pattern),
    ...debugPages.flatMap(({ marks }) => marks),
    ...secretShapes.flatMap(({ whole }) => whole ?? []),
  ];

  it.each(seeds)("does not run away on what repeats %j", (seed) => {
    const text = seed.repeat(Math.ceil(65_536 / seed.length)).slice(0, 65_536);
    for (const pattern of all) {
      const start = process.cpuUsage().user;
      for (const _ of text.matchAll(new RegExp(pattern.source, pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`)));
      expect([pattern.source, process.cpuUsage().user - start < 500_000]).toEqual([pattern.source, true]);
    }
  });
});
