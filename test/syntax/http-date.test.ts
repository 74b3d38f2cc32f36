import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseHttpDate } from "../../src/syntax/http-date.ts";

const at = Date.UTC(1994, 10, 6, 8, 49, 37);

describe("parseHttpDate", () => {
  it("reads the form that is written, and the two that were", () => {
    expect(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT")).toEqual({ at, obsolete: false });
    expect(parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT")).toEqual({ at, obsolete: true });
    expect(parseHttpDate("Sun Nov  6 08:49:37 1994")).toEqual({ at, obsolete: true });
  });

  it.each([
    "",
    "sun, 06 nov 1994 08:49:37 gmt",
    "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37",
    "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 06 Nov 1994 08:49:37 +0000",
    "Sun, 30 Feb 1994 08:49:37 GMT",
    "Sun, 00 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT",
    "Sun, 06 Nov 1994 08:49:37 GMT ",
    "1994-11-06T08:49:37Z",
  ])("refuses %j", (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });

  it("reads a leap second, and years that look like a century of two digits", () => {
    expect(parseHttpDate("Sat, 31 Dec 2016 23:59:60 GMT")?.at).toBe(Date.UTC(2017, 0, 1));
    expect(parseHttpDate("Mon, 01 Jan 0045 00:00:00 GMT")?.at).toBeLessThan(Date.UTC(1000, 0));
  });

  it("takes a year of two digits for the latest that is not over fifty years ahead", () => {
    const near = Date.UTC(2026, 0);
    expect(new Date(parseHttpDate("Monday, 06-Nov-76 00:00:00 GMT", near)?.at ?? 0).getUTCFullYear()).toBe(2076);
    expect(new Date(parseHttpDate("Monday, 06-Nov-77 00:00:00 GMT", near)?.at ?? 0).getUTCFullYear()).toBe(1977);
  });

  it("reads back every date that JavaScript writes", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(Date.UTC(9999, 11, 31)), noInvalidDate: true }), (date) => {
        expect(parseHttpDate(date.toUTCString())?.at).toBe(Math.floor(date.getTime() / 1000) * 1000);
      }),
    );
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseHttpDate(text)));
  });
});
