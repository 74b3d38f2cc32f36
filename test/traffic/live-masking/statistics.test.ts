import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cliffsDelta } from "../../../src/traffic/live-masking/statistics/cliffs-delta.ts";
import { draws, makeCoin } from "../../../src/traffic/live-masking/statistics/coin.ts";
import { fisherExact } from "../../../src/traffic/live-masking/statistics/fisher-exact.ts";
import { lowQuantileTest } from "../../../src/traffic/live-masking/statistics/low-quantile.ts";
import { permutationTest } from "../../../src/traffic/live-masking/statistics/permutation-test.ts";
import { median, quantile } from "../../../src/traffic/live-masking/statistics/quantile.ts";
import { ranksOf } from "../../../src/traffic/live-masking/statistics/ranks.ts";
import { signFlipTest } from "../../../src/traffic/live-masking/statistics/sign-flip.ts";

const times = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 });
const noise = (count: number, seed: number) => {
  const flip = makeCoin(seed);
  return Array.from({ length: count }, () => Array.from({ length: 20 }, () => (flip() ? 1 : 0)).reduce<number>((a, b) => a + b, 0) / 10);
};

describe("a coin", () => {
  it("is fair, falls the same again, and otherwise with another seed", () => {
    const throws = (seed?: number) => Array.from({ length: 10_000 }, makeCoin(seed));
    expect(Math.abs(throws().filter(Boolean).length - 5_000)).toBeLessThan(200);
    expect(throws(7)).toEqual(throws(7));
    expect(throws(7)).not.toEqual(throws(8));
    expect(new Set(throws(0)).size).toBe(2);
  });
});

describe("quantile", () => {
  it("is one of the values or lies between two of them", () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (values, part) => {
        const value = quantile(values, part);
        expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      }),
    );
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([]), quantile([0, 10], 0.1)]).toEqual([2, 2.5, Number.NaN, 1]);
  });
});

describe("ranks", () => {
  it("add up, whatever is equal, and go with the order", () => {
    fc.assert(
      fc.property(times, (values) => {
        const ranks = ranksOf(values);
        expect(ranks.reduce((a, b) => a + b, 0)).toBeCloseTo((values.length * (values.length + 1)) / 2);
        for (const [i, a] of values.entries())
          for (const [j, b] of values.entries()) if (a < b) expect(ranks[i]).toBeLessThan(ranks[j] as number);
      }),
    );
    expect(ranksOf([5, 1, 5])).toEqual([2.5, 1, 2.5]);
  });
});

describe("the sign-flip test", () => {
  it("does not see a side in what leans to none, and is blind to which side", () => {
    fc.assert(
      fc.property(times, (values) => {
        expect(signFlipTest([...values, ...values.map((value) => -value)])).toBeGreaterThan(0.5);
        expect(signFlipTest(values)).toBe(signFlipTest(values.map((value) => -value)));
      }),
      { numRuns: 20 },
    );
    expect(signFlipTest([0, 0])).toBe(1);
  });

  it("sees a lean of all, however small, and is not blinded by one outlier", () => {
    const lean = Array.from({ length: 30 }, (_, index) => 1 + index / 100);
    expect(signFlipTest(lean)).toBe(1 / (draws + 1));
    expect(signFlipTest([...lean, -1e9])).toBeLessThan(0.001);
    expect(signFlipTest([1, 1, 1])).toBeCloseTo(0.25, 1);
  });

  it("is wrong as often as it says", () => {
    const found = Array.from({ length: 100 }, (_, seed) => {
      const [a, b] = [noise(40, 2 * seed + 1), noise(40, 2 * seed + 1001)];
      return signFlipTest(a.map((value, index) => value - (b[index] as number)));
    }).filter((p) => p < 0.05);
    expect(found.length).toBeLessThan(14);
  });
});

describe("the low quantile test", () => {
  it("sees that the fastest of one side are slower, behind whatever noise", () => {
    const floor = noise(100, 3);
    const late = noise(100, 5).map((value, index) => value + (index % 3 === 0 ? 500 : 0));
    expect(
      lowQuantileTest(
        late.map((value) => value + 5),
        floor,
      ),
    ).toBeLessThan(0.001);
    expect(lowQuantileTest(floor, floor)).toBe(1);
    expect(lowQuantileTest([1, 2], [1, 2])).toBe(1);
  });

  it("does not depend on which is which", () => {
    fc.assert(
      fc.property(times, times, (a, b) => {
        const length = Math.min(a.length, b.length);
        expect(lowQuantileTest(a.slice(0, length), b.slice(0, length))).toBe(lowQuantileTest(b.slice(0, length), a.slice(0, length)));
      }),
      { numRuns: 20 },
    );
  });
});

describe("Cliff's delta", () => {
  it("is what counting all pairs gives", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
        (a, b) => {
          const counted =
            a.flatMap((x) => b.map((y) => Math.sign(x - y))).reduce<number>((sum, each) => sum + each, 0) / (a.length * b.length);
          expect(cliffsDelta(a, b)).toBeCloseTo(counted);
          expect(cliffsDelta(a, b)).toBeCloseTo(-cliffsDelta(b, a));
        },
      ),
    );
    expect([cliffsDelta([2], [1]), cliffsDelta([1], [2]), cliffsDelta([], [1])]).toEqual([1, -1, 0]);
  });
});

describe("Fisher's exact test", () => {
  it("gives what tables of it give", () => {
    expect(fisherExact(8, 8, 0, 8)).toBeCloseTo(2 / 12_870, 8);
    expect(fisherExact(3, 4, 1, 4)).toBeCloseTo(0.4857, 4);
    expect(fisherExact(1, 10, 11, 14)).toBeCloseTo(0.002759, 5);
  });

  it("is a probability, and the same for the two sides changed", () => {
    const sample = fc.tuple(fc.nat(30), fc.nat(30)).map(([hits, more]) => [hits, hits + more] as const);
    fc.assert(
      fc.property(sample, sample, ([a, b], [c, d]) => {
        const p = fisherExact(a, b, c, d);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(p).toBeCloseTo(fisherExact(c, d, a, b), 9);
      }),
    );
  });
});

describe("the permutation test", () => {
  it("comes near the exact chance of a perfect split", () => {
    expect(permutationTest([1, 1, 1, 1], [2, 2, 2, 2])).toBeCloseTo(2 / 70, 2);
    expect(permutationTest([1, 2, 3], [3, 2, 1])).toBe(1);
    expect(permutationTest([], [1])).toBe(1);
    expect(
      permutationTest(
        noise(100, 3),
        noise(100, 5).map((value) => value + 1),
      ),
    ).toBe(1 / (draws + 1));
  });
});
