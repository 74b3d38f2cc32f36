import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareTemplates, makeRouter } from "../../src/contract/operations.ts";
import { capturesOf, matchesPath } from "../../src/contract/path-match.ts";
import { parseTemplate, type Segment, splitPath } from "../../src/contract/path-template.ts";
import { templatesOverlap } from "../../src/contract/template-overlap.ts";
import { makeExchange } from "../kit/exchange.ts";

const matches = (template: string, path: string) => matchesPath(parseTemplate(template), splitPath(path));

test.each([
  ["GET /courses", "/courses/", true],
  ["GET /courses", "/courses//", false],
  ["GET /courses/{id}", "/courses/", false],
  ["GET /", "/", true],
  ["GET /**", "/", true],
  ["GET /a/**/z", "/a/z", true],
  ["GET /a/**/z", "/a/b/c/z", true],
  ["GET /a/**/z", "/a/b/c", false],
  ["GET /**/a/b", "/a/a/b", true],
  ["GET /v2/**/bulk-*", "/v2/x/bulk-create", true],
  ["GET /v2/bulk-*", "/v2/bulk-", true],
  ["GET /ops/{id}:cancel", "/ops/7:cancel", true],
  ["GET /ops/{id}:cancel", "/ops/:cancel", false],
  ["GET /f/{name}.{ext}", "/f/a.tar.gz", true],
  ["GET /a b", "/a%20b", true],
  ["GET /a/b", "/a%2Fb", false],
  ["GET /%zz", "/%zz", true],
])("%s takes %s: %j", (template, path, expected) => {
  expect(matches(template, path)).toBe(expected);
});

test("captures parameters by segment, decoded", () => {
  const captures = (template: string, path: string) =>
    capturesOf(parseTemplate(template), splitPath(path)).map(({ name, value, segment }) => `${segment} ${name}=${value}`);
  expect(captures("GET /**/courses/{course_id}/**", "/api/v1/courses/a%20b/launch")).toEqual(["3 course_id=a b"]);
  expect(captures("GET /f/{name}.{ext}", "/f/a.tar.gz")).toEqual(["1 name=a", "1 ext=tar.gz"]);
  expect(captures("GET /ops/{id}:cancel", "/ops/7:cancel")).toEqual(["1 id=7"]);
});

describe("with small alphabets", () => {
  const segment = fc.constantFrom("a", "b", "{p}", "**", "a*");
  const template = fc.array(segment, { maxLength: 6 }).map((parts) => `GET /${parts.join("/")}`);
  const path = fc.array(fc.constantFrom("a", "b", "ab"), { maxLength: 8 }).map((parts) => `/${parts.join("/")}`);

  test("matching agrees with plain backtracking", () => {
    fc.assert(
      fc.property(template, path, (text, url) => {
        expect(matches(text, url)).toBe(oracle(parseTemplate(text).segments, splitPath(url)));
      }),
      { numRuns: 2000 },
    );
  });

  test("captures stand where the template says", () => {
    fc.assert(
      fc.property(template, path, (text, url) => {
        const segments = splitPath(url);
        for (const { value, segment: at } of capturesOf(parseTemplate(text), segments)) expect(value).toBe(segments[at]);
      }),
    );
  });

  test("specificity is an order: total, and the same both ways round", () => {
    fc.assert(
      fc.property(template, template, template, (a, b, c) => {
        const [x, y, z] = [a, b, c].map(parseTemplate) as [
          ReturnType<typeof parseTemplate>,
          ReturnType<typeof parseTemplate>,
          ReturnType<typeof parseTemplate>,
        ];
        expect(Math.sign(compareTemplates(x, y))).toBe(-Math.sign(compareTemplates(y, x)) + 0);
        if (compareTemplates(x, y) <= 0 && compareTemplates(y, z) <= 0) expect(compareTemplates(x, z)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test("templates that one path matches overlap", () => {
    fc.assert(
      fc.property(template, template, path, (a, b, url) => {
        fc.pre(matches(a, url) && matches(b, url));
        expect(templatesOverlap(a, b)).toBe(true);
      }),
    );
  });
});

/** Tries everything. */
function oracle(segments: readonly Segment[], path: readonly string[]): boolean {
  const [segment, ...rest] = segments;
  if (segment === undefined) return path.length === 0;
  if (segment.kind === "rest") return oracle(rest, path) || (path.length > 0 && oracle(segments, path.slice(1)));
  const [text, ...others] = path;
  if (text === undefined) return false;
  const takes = segment.kind === "literal" ? segment.text === text : segment.kind === "parameter" ? text !== "" : text.startsWith("a");
  return takes && oracle(rest, others);
}

test("the most specific comes first: concrete, parameter, end, **; then a named method; then the file", () => {
  const order = ["GET /a/b", "GET /a/{x}:go", "GET /a/{x}", "* /a/{y}", "GET /a", "GET /a/**", "* /a/**", "GET /{x}", "* /**"];
  const router = makeRouter(order.toReversed().map((template) => [template, [template]]));
  const names = (url: string) => router.match(makeExchange({ url }).request).map(({ name }) => name);
  expect(names("/a/b")).toEqual(["GET /a/b", "GET /a/{x}", "* /a/{y}", "GET /a/**", "* /a/**", "* /**"]);
  expect(names("/a")).toEqual(["GET /a", "GET /a/**", "* /a/**", "GET /{x}", "* /**"]);
  expect(names("/a/b:go")).toEqual(["GET /a/{x}:go", "GET /a/{x}", "* /a/{y}", "GET /a/**", "* /a/**", "* /**"]);
});

test("a list of templates is one operation, with the method of each", () => {
  const router = makeRouter([["bulk", ["POST /x/bulk-*", "GET|PUT /y"]]]);
  const count = (method: string, url: string) => router.match(makeExchange({ method, url }).request).length;
  expect([count("POST", "/x/bulk-a"), count("PUT", "/y"), count("POST", "/y"), count("GET", "/x/bulk-a")]).toEqual([1, 1, 0, 0]);
});

test.each([
  ["GET /a/**", "POST /a/**", false],
  ["GET /a/{x}", "* /a/b", true],
  ["GET /a/b", "GET /a/c", false],
  ["GET /**/launch", "GET /**/cancel", false],
  ["GET /a", "GET /a/b", false],
  ["GET /**", "GET /a", true],
])("can %s and %s be one request? %j", (a, b, expected) => {
  expect(templatesOverlap(a, b)).toBe(expected);
});
