import { describe, expect, it } from "vitest";
import { makeCoin } from "../../../src/traffic/live-masking/statistics/coin.ts";
import { judgeTimes, type TimedPair } from "../../../src/traffic/live-masking/timing.ts";

/** Numbers from 0 to 1, the same again for a seed. */
function drawer(seed: number): () => number {
  const flip = makeCoin(seed);
  return () => Array.from({ length: 20 }, flip).reduce((sum, isHead) => (sum + (isHead ? 1 : 0)) / 2, 0);
}

/** Answers of 1 ms and noise that is mostly small, seldom large, and never less than none. */
function measure(count: number, late: number | ((pair: number) => number), seed: number, noise = 1): TimedPair[] {
  const draw = drawer(seed);
  const wait = () => 1 + noise * draw() + (draw() > 0.95 ? 40 * noise * draw() : 0);
  return Array.from({ length: count }, (_, pair) => ({
    foreign: wait() + (typeof late === "number" ? late : late(pair)),
    missing: wait(),
  }));
}

describe("times of pairs", () => {
  it("are alike where there is no leak, over thirty runs of any noise", () => {
    const told = Array.from({ length: 30 }, (_, seed) => judgeTimes(measure(200, 0, seed + 1, 1 + (seed % 5) * 3))?.isApart);
    expect(told).toEqual(new Array(30).fill(false));
  });

  it.each([5, -5])("are apart by %i ms, and it is said by how much", (late) => {
    for (const seed of [1, 2, 3]) {
      const verdict = judgeTimes(measure(200, late, seed));
      expect(verdict?.isApart).toBe(true);
      expect(Math.abs((verdict?.difference ?? 0) - late)).toBeLessThan(0.5);
      expect(verdict?.resolution).toBeLessThan(5);
      expect(verdict?.pairs).toBe(200);
    }
  });

  it("are not judged where there are too few", () => {
    expect(judgeTimes(measure(179, 5, 1))).toBeUndefined();
    expect(judgeTimes(measure(180, 5, 1))).toBeDefined();
  });

  it("are not apart by less than two milliseconds, nor by less than the noise among missing ones", () => {
    expect(judgeTimes(measure(200, 1.5, 1, 0.1))?.isApart).toBe(false);
    const uneven = measure(200, 5, 1, 0.1).map(({ foreign, missing }, pair) => {
      const slow = pair % 2 === 0 ? 4 : 0;
      return { foreign: foreign + slow, missing: missing + slow };
    });
    expect(judgeTimes(uneven)?.isApart).toBe(false);
  });

  it("are not apart where only one batch shows it", () => {
    expect(judgeTimes(measure(200, (pair) => (pair < 100 ? 12 : 0), 1, 0.1))?.isApart).toBe(false);
    expect(judgeTimes(measure(200, (pair) => (pair < 100 ? 12 : -5), 1, 0.1))?.isApart).toBe(false);
  });

  it("are not apart where most of both lie among one another", () => {
    const wide = measure(200, 3, 1, 30);
    const { isApart, resolution } = judgeTimes(wide) ?? {};
    expect(isApart).toBe(false);
    expect(resolution).toBeGreaterThan(3);
  });

  it("resolve what they say: a shift a little larger is told", () => {
    for (const noise of [0.5, 3, 10]) {
      const { resolution = 0, difference = 0 } = judgeTimes(measure(200, 0, 9, noise)) ?? {};
      const shifted = measure(200, resolution * 1.05 - difference, 9, noise);
      expect(judgeTimes(shifted)?.isApart).toBe(true);
    }
  });
});
