import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTimestamp } from "../../src/syntax/timestamp.ts";

describe("parseTimestamp", () => {
  it("reads what Date writes", () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date("1970-01-01T00:00:00Z"), max: new Date("2999-12-31T23:59:59Z") }),
        (date) => {
          expect(parseTimestamp(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });

  it.each([
    ["2026-01-05T12:00:00.1234567+0100", Date.UTC(2026, 0, 5, 11) + 123.4567],
    ["2026-01-05 12:00:00Z", Date.UTC(2026, 0, 5, 12)],
    ["Fri, 05 Jan 2024 10:00:00 GMT", Date.UTC(2024, 0, 5, 10)],
  ])("%s", (text, time) => {
    expect(parseTimestamp(text)).toBeCloseTo(time, 3);
  });

  it.each([
    "2026-02-30T00:00:00.000Z",
    "2026-13-01T00:00:00.000Z",
    "2026-01-05T25:00:00.000Z",
    "NaN-NaN-NaNTNaN:NaN:NaN.NaNZ",
    "Fri, 05 Jan 2024 00:00:00 GMT",
    "2026-01-05T12:00:00",
    "",
  ])("%j is no time", (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});
