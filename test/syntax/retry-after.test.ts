import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRetryAfter, secondsOf, type WaitFault } from "../../src/syntax/retry-after.ts";

describe("readRetryAfter", () => {
  it.each<[string, WaitFault]>([
    ["", "empty"],
    ["  ", "empty"],
    ["1.5", "fraction"],
    ["1.", "fraction"],
    ["-1", "sign"],
    ["+1", "sign"],
    ["30s", "unit"],
    ["30 seconds", "unit"],
    ["500ms", "unit"],
    ["1, 2", "list"],
    ["1;q=1", "list"],
    ["10\n10", "repeated"],
    ["1767614412", "epoch"],
    ["1767614412000", "epoch"],
    ["2026-01-05T12:00:00Z", "date"],
    ["Mon, 05 Jan 2026 12:00:12 +0000", "date"],
    ["soon", "other"],
    ["0x10", "other"],
    ["１２", "other"],
    ["1e3", "other"],
  ])("calls %j %s", (value, fault) => {
    expect(readRetryAfter([value])).toEqual({ kind: "malformed", fault });
  });

  it("knows two lines from one", () => {
    expect(readRetryAfter([])).toBeUndefined();
    expect(readRetryAfter(["10", "10"])).toEqual({ kind: "malformed", fault: "repeated" });
    expect(readRetryAfter(["\t10 "])).toEqual({ kind: "seconds", seconds: 10 });
  });

  it("takes every whole number below thirty years for seconds", () => {
    fc.assert(
      fc.property(fc.nat({ max: 999_999_999 }), (seconds) => {
        expect(readRetryAfter([String(seconds)])).toEqual({ kind: "seconds", seconds });
      }),
    );
  });

  it("takes nothing for seconds that is not digits", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        if (readRetryAfter([text])?.kind === "seconds") expect(text.trim()).toMatch(/^[0-9]+$/);
      }),
    );
  });
});

describe("secondsOf", () => {
  it("needs to know when the answer was made to turn a date into a wait", () => {
    const at = Date.UTC(2026, 0, 5, 12);
    expect(secondsOf({ kind: "date", at, obsolete: false }, at - 12_000)).toBe(12);
    expect(secondsOf({ kind: "date", at, obsolete: false }, undefined)).toBeUndefined();
    expect(secondsOf({ kind: "malformed", fault: "list" }, at)).toBeUndefined();
  });
});
