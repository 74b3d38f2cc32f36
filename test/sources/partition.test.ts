import fc from "fast-check";
import { expect, it } from "vitest";
import { partition, partOf } from "../../src/sources/partition.ts";
import type { Target } from "../../src/sources/targets.ts";

const targets = fc
  .array(fc.nat(1_000_000), { maxLength: 40 })
  .map((sizes) =>
    sizes.map((size, index): Target => ({ name: `${index}.har`, path: `/${index}.har`, key: `/${index}.har`, rereadable: true, size })),
  );

it("every capture is in one part, in its order, and the parts are stretches", () => {
  fc.assert(
    fc.property(targets, fc.integer({ min: 1, max: 9 }), (all, of) => {
      const parts = Array.from({ length: of }, (_, index) => partOf(all, { index: index + 1, of }));
      expect(parts.flat()).toEqual(all);
    }),
  );
});

it("parts are of about as many bytes: none is heavier than its share and one capture", () => {
  fc.assert(
    fc.property(targets, fc.integer({ min: 1, max: 9 }), (all, of) => {
      const weight = (some: readonly Target[]) => some.reduce((sum, { size = 0 }) => sum + size + 1, 0);
      const largest = Math.max(0, ...all.map(({ size = 0 }) => size + 1));
      for (let index = 1; index <= of; index++) expect(weight(partOf(all, { index, of }))).toBeLessThanOrEqual(weight(all) / of + largest);
    }),
  );
});

it("a partition goes by the captures and their sizes", () => {
  const [one, other] = [
    { name: "a.har", path: "/a.har", key: "/a.har", rereadable: true, size: 5 },
    { name: "b.har", path: "/b.har", key: "/b.har", rereadable: true, size: 5 },
  ];
  expect(partition([one, other])).not.toBe(partition([one]));
  expect(partition([one])).not.toBe(partition([{ ...one, size: 6 }]));
  expect(partition([one])).toBe(partition([{ ...one, path: "/elsewhere/a.har", key: "x" }]));
});
