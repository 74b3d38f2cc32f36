import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { audit } from "../../src/audit.ts";
import { openCaptures } from "../../src/sources/captures.ts";
import { oneByOne } from "../../src/sources/merge.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "envelint-merge-"));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const noon = Date.UTC(2026, 0, 5, 12);

/** A capture whose exchanges begin at these seconds after noon; null = at an unknown time. */
function writeCapture(name: string, seconds: readonly (number | null)[], status = 200) {
  const entries = seconds.map((second) => ({
    ...(second !== null && { startedDateTime: new Date(noon + second * 1000).toISOString(), time: 20 }),
    request: {
      method: "GET",
      url: "https://api.example.com/v1/courses",
      headers: [{ name: "Authorization", value: "Bearer alice-secret" }],
    },
    response: { status, headers: [{ name: "Content-Type", value: "application/json" }], content: { size: 2, text: "{}" } },
  }));
  writeFileSync(join(cwd, name), JSON.stringify({ log: { version: "1.2", entries } }));
}

async function readTogether(words: readonly string[] = ["."]) {
  const captures = await openCaptures(words, { cwd, together: true });
  const seen: { capture: string; entry: number; at: number | undefined; timeline: string }[] = [];
  for await (const event of oneByOne(captures.batches()))
    if (event.kind === "exchange") {
      const { origin, startedAt, timeline } = event.exchange;
      seen.push({ capture: origin.capture, entry: origin.entry, at: startedAt, timeline });
    }
  return seen;
}

describe("captures of one run", () => {
  it("come in the order of their time, as one timeline", async () => {
    writeCapture("a.har", [0, 10, 20]);
    writeCapture("b.har", [5, 6, 30]);
    writeCapture("c.har", [25]);
    const seen = await readTogether();
    expect(seen.map(({ capture, entry }) => `${capture[0]}${entry}`)).toEqual(["a0", "b0", "b1", "a1", "a2", "c0", "b2"]);
    expect(new Set(seen.map(({ timeline }) => timeline)).size).toBe(1);
  });

  it("keep an exchange without a time behind the one before it", async () => {
    writeCapture("a.har", [0, null, 20]);
    writeCapture("b.har", [10]);
    expect((await readTogether()).map(({ capture, entry }) => `${capture[0]}${entry}`)).toEqual(["a0", "a1", "b0", "a2"]);
  });

  it("lose nothing, keep each capture's own order, and never go back in time further than a capture does itself", async () => {
    const starts = fc.array(
      fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 100 }) }, { weight: 1, arbitrary: fc.constant(null) }),
      {
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(starts, { minLength: 1, maxLength: 5 }), async (captures) => {
        for (const [index, seconds] of captures.entries()) writeCapture(`${index}.har`, seconds);
        const seen = await readTogether(captures.map((_, index) => `${index}.har`));
        expect(seen).toHaveLength(captures.flat().length);
        const timesOf = new Map<string, number>();
        let now = Number.NEGATIVE_INFINITY;
        for (const { capture, entry, at } of seen) {
          expect(seen.filter((other) => other.capture === capture).findIndex((other) => other.entry === entry)).toBe(entry);
          const time = Math.max(timesOf.get(capture) ?? Number.NEGATIVE_INFINITY, at ?? Number.NEGATIVE_INFINITY);
          timesOf.set(capture, time);
          if (Number.isFinite(time)) expect(time).toBeGreaterThanOrEqual(now);
          now = Math.max(now, time);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are told as many where they cannot all be open", async () => {
    const names = Array.from({ length: 102 }, (_, index) => `${String(index).padStart(3, "0")}.har`);
    for (const [index, name] of names.entries()) writeCapture(name, [index / 1000, 100 + index]);
    const captures = await openCaptures(names, { cwd, together: true });
    const faults: string[] = [];
    let exchanges = 0;
    for await (const event of oneByOne(captures.batches())) {
      if (event.kind === "fault") faults.push(event.fault.message);
      if (event.kind === "exchange") exchanges++;
    }
    expect(exchanges).toBe(204);
    expect(faults).toEqual(["more than 100 captures were under way at the same time, so some exchanges were judged out of their order"]);
  });

  it("that follow one another may be any number", async () => {
    const names = Array.from({ length: 120 }, (_, index) => `${String(index).padStart(3, "0")}.har`);
    for (const [index, name] of names.entries()) writeCapture(name, [index, index + 0.5]);
    const captures = await openCaptures(names, { cwd, together: true });
    for await (const event of oneByOne(captures.batches())) expect(event.kind).not.toBe("fault");
  });

  it("share a rate limit, which captures apart do not", async () => {
    const seconds = Array.from({ length: 70 }, (_, index) => index / 4);
    writeCapture("one.har", seconds);
    writeCapture("two.har", seconds);
    const judge = (together: boolean) => audit(".", { cwd, together, servers: "https://api.example.com" });
    expect((await judge(false)).findings.map(({ rule }) => rule)).not.toContain("rate-limit/not-enforced");
    expect((await judge(true)).findings.map(({ rule }) => rule)).toContain("rate-limit/not-enforced");
  });

  it("are counted each for itself where entries are lost", async () => {
    writeCapture("a.har", [0, 10]);
    writeFileSync(join(cwd, "b.ndjson"), '{"startedDateTime":"2026-01-05T12:00:05Z"\nnonsense\n');
    const { seen } = await audit(".", { cwd, together: true, servers: "https://api.example.com" });
    expect(seen.exchanges).toBe(2);
    expect(seen.captures).toBe(2);
  });
});
