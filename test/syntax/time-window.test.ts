import fc from "fast-check";
import { expect, it } from "vitest";
import { countBetween, insertSorted } from "../../src/syntax/time-window.ts";

it("keeps a list sorted, and counts what lies between two bounds", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 })),
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 0, max: 50 }),
      (numbers, from, to) => {
        const sorted: number[] = [];
        for (const number of numbers) expect(sorted[insertSorted(sorted, number)]).toBe(number);
        expect(sorted).toEqual([...numbers].sort((a, b) => a - b));
        expect(countBetween(sorted, from, to)).toBe(numbers.filter((number) => number > from && number < to).length);
      },
    ),
  );
});
