import { describe, expect, it } from "vitest";
import { cacheDirectives, mayBeReused } from "../../src/syntax/cache-control.ts";
import { type HeaderFields, makeHeaders } from "../kit/exchange.ts";

describe("mayBeReused", () => {
  it.each<[number, HeaderFields, boolean]>([
    [404, {}, true],
    [403, {}, false],
    [403, { "cache-control": "public" }, true],
    [403, { "cache-control": "max-age=5" }, true],
    [404, { "cache-control": "max-age=0" }, false],
    [404, { "cache-control": "Private, No-Store" }, false],
    [404, { "cache-control": "no-cache" }, false],
    [404, { "cache-control": 'private="set-cookie, no-store"' }, true],
    [404, { vary: "*" }, false],
    [404, { expires: "0" }, false],
    [404, { expires: "Mon, 05 Jan 2026 12:00:00 GMT", date: "Mon, 05 Jan 2026 12:00:00 GMT" }, false],
    [404, { expires: "Mon, 05 Jan 2026 13:00:00 GMT", date: "Mon, 05 Jan 2026 12:00:00 GMT" }, true],
  ])("%i with %j: %s", (status, fields, reused) => {
    expect(mayBeReused(status, makeHeaders(fields))).toBe(reused);
  });
});

it("reads directives with and without values, quoted or not", () => {
  expect([...cacheDirectives('max-age="60", PUBLIC,s-maxage=0,, x=')]).toEqual([
    ["max-age", "60"],
    ["public", ""],
    ["s-maxage", "0"],
    ["x", ""],
  ]);
});
