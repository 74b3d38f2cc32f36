import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

it("a partition goes by the captures' names, sizes and ends", async () => {
  const folder = await mkdtemp(join(tmpdir(), "envelint-"));
  const file = async (name: string, text: string): Promise<Target> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return { name, path, key: path, rereadable: true, size: text.length };
  };
  const filler = "x".repeat(20_000);
  const one = await file("a.har", `12:00${filler}end`);
  const name = await partition([one]);
  expect(await partition([one])).toBe(name);
  expect(await partition([{ ...(await file("b.har", `12:00${filler}end`)), name: "a.har" }])).toBe(name);
  for (const other of [
    [await file("c.har", `12:00${filler}end`)],
    [{ ...(await file("d.har", `12:01${filler}end`)), name: "a.har" }],
    [{ ...(await file("e.har", `12:00${filler}eNd`)), name: "a.har" }],
    [{ ...one, size: 6 }],
    [one, one],
  ])
    expect(await partition(other)).not.toBe(name);
  await rm(folder, { recursive: true });
});
