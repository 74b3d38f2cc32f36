import fc from "fast-check";
import { expect, it } from "vitest";
import { insertSorted } from "../../src/traffic/insert-sorted.ts";

it("keeps a list sorted, and says where a number went", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (numbers) => {
      const sorted: number[] = [];
      for (const number of numbers) expect(sorted[insertSorted(sorted, number)]).toBe(number);
      expect(sorted).toEqual([...numbers].sort((a, b) => a - b));
    }),
  );
});
