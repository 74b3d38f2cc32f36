import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { Pacer, systemClock } from "../../src/probe/pace.ts";

test("no more requests go out than the pace allows, however they are bunched", () => {
  const steps = fc.array(fc.record({ idle: fc.integer({ min: 0, max: 5_000 }), together: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), steps, (pace, list) => {
      let now = 0;
      const pacer = new Pacer(pace, { now: () => now, sleep: async () => {} });
      const starts: number[] = [];
      for (const { idle, together } of list) {
        now += idle;
        now += pacer.wait;
        pacer.take(together);
        for (let index = 0; index < together; index++) starts.push(now);
      }
      const largest = Math.max(...list.map(({ together }) => together));
      const interval = 60_000 / pace;
      // From any request on: after n more at least n intervals have passed, less those of one list.
      for (let from = 0; from < starts.length; from++)
        for (let to = from; to < starts.length; to++) {
          const took = (starts[to] as number) - (starts[from] as number);
          expect(took).toBeGreaterThanOrEqual((to - from - (largest - 1)) * interval - 1e-6);
        }
    }),
  );
});

test("a sleep ends where the signal says stop, before or while it lasts", async () => {
  const stop = new AbortController();
  const sleeping = systemClock.sleep(60_000, stop.signal);
  stop.abort();
  await sleeping;
  await systemClock.sleep(60_000, stop.signal);
});

test("a sleep longer than any timer lasts as long as it should", async () => {
  vi.useFakeTimers();
  try {
    let isOver = false;
    void systemClock.sleep(2 ** 31 + 1_000).then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(2 ** 31);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(isOver).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
