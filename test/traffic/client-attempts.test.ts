import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import type { Contract, ErrorAnswer } from "../../src/model/contract.ts";
import type { Attempt } from "../../src/traffic/attempts/attempt.ts";
import { chainsOf } from "../../src/traffic/attempts/attempt-chain.ts";
import { relate } from "../../src/traffic/attempts/attempt-step.ts";
import { CaptureOrder } from "../../src/traffic/attempts/capture-order.ts";
import { PollRhythm } from "../../src/traffic/attempts/poll-rhythm.ts";
import { RecentSuccesses } from "../../src/traffic/attempts/recent-successes.ts";
import { isRepaired } from "../../src/traffic/attempts/repaired.ts";
import { RepeatedPauses } from "../../src/traffic/attempts/repeated-pauses.ts";
import { repetitionsOf } from "../../src/traffic/attempts/repetition.ts";
import { conductAfter } from "../../src/traffic/attempts/retry-conduct.ts";
import { pausesOf, retryRuns } from "../../src/traffic/attempts/retry-run.ts";
import { StateChanges } from "../../src/traffic/attempts/state-changes.ts";
import { TargetMemory } from "../../src/traffic/attempts/target-memory.ts";
import { makeExchange } from "../kit/exchange.ts";

const builtin = await loadContract();
const start = Date.UTC(2026, 0, 5, 12);

/** Changes that came before an attempt: none, or one. */
const [none, one] = [new Map<string, number>(), new Map([["c", 1]])];

/** An attempt that was refused, from and until so many milliseconds; undefined = unknown. */
function attempt(entry: number, from: number | undefined, until: number | undefined, more: Partial<Attempt> = {}): Attempt {
  return {
    moment: { origin: { capture: "a.har", entry, offset: 0 }, startedAt: from, endedAt: until },
    method: "GET",
    scenario: "",
    fingerprint: "f",
    fields: 0,
    outcome: "error",
    status: 500,
    retry: "backoff",
    row: null,
    isForeign: false,
    wait: undefined,
    named: undefined,
    key: undefined,
    isKeyed: false,
    credential: "alice",
    date: undefined,
    changesBefore: none,
    witness: undefined,
    ...more,
  };
}

const served: Partial<Attempt> = { outcome: "done", status: 200, retry: undefined };
const lost: Partial<Attempt> = { outcome: "unanswered", status: 0, retry: undefined };

describe("relate", () => {
  const [from, to] = [attempt(0, 0, 100), attempt(1, 1_000, 1_100)];

  it("takes one attempt for the next of another, as far as both tell", () => {
    expect(relate(from, to)).toEqual({ step: { from, to, gap: 900 } });
    expect(relate(from, { ...to, fingerprint: "g" })).toBeUndefined();
    expect(relate(from, { ...to, credential: "bob" })).toBeUndefined();
    expect(relate(from, attempt(1, 120_101, 120_200))).toBeUndefined();
  });

  it("does not know of a body that was not captured, be it either's", () => {
    const doubt = { about: "request", reason: "request body not captured" };
    expect(relate({ ...from, fingerprint: undefined }, to)).toEqual({ doubt });
    expect(relate(from, { ...to, fingerprint: undefined })).toEqual({ doubt });
  });

  it("does not know how soon, be it either's time", () => {
    const doubt = { about: "time", reason: "time unknown" };
    const timeless = attempt(0, undefined, undefined);
    expect(relate(timeless, to)).toEqual({ step: { from: timeless, to, gap: undefined }, doubt });
    const later = attempt(1, undefined, undefined);
    expect(relate(from, later)).toEqual({ step: { from, to: later, gap: undefined }, doubt });
  });

  it("believes the clock where one has no Date", () => {
    expect(relate({ ...from, date: 50_000 }, to)?.step?.gap).toBe(900);
    expect(relate(from, { ...to, date: 50_000 })?.step?.gap).toBe(900);
    expect(relate({ ...from, date: 0 }, { ...to, date: 50_000 })?.step?.gap).toBeUndefined();
  });
});

describe("chainsOf", () => {
  const joined = (attempts: readonly Attempt[], successes: readonly number[] = []) =>
    chainsOf(attempts, { client: "c", successes, isPublic: false, isBroken: () => false, isFresh: () => false }).map(
      ({ steps, isPolling }) =>
        [...steps.map((step) => `${step.from.moment.origin.entry}-${step.to.moment.origin.entry}`), ...(isPolling ? ["poll"] : [])].join(
          " ",
        ),
    );

  it.each<[string, readonly Attempt[], string[]]>([
    ["one alone", [attempt(0, 0, 100)], []],
    ["by the clock", [attempt(2, 1_000, 1_100), attempt(1, 0, 100), attempt(0, 2_000, 2_100)], ["1-2 2-0"]],
    ["at one time, by the file", [attempt(2, 0, 0), attempt(1, 0, 0), attempt(0, 0, 0)], ["0-1 1-2"]],
    [
      "by the file where one has no time",
      [attempt(2, 5_000, 5_100), attempt(1, undefined, undefined), attempt(0, 10_000, 10_100)],
      ["0-1 1-2"],
    ],
    ["the latest of two, which is the second", [attempt(0, 0, 100), attempt(1, 50, 200), attempt(2, 300, 400)], ["1-2"]],
    ["the latest of two, which is the first", [attempt(0, 0, 500), attempt(1, 50, 100), attempt(2, 600, 700)], ["0-2"]],
    ["nothing after a success", [attempt(0, 0, 100), attempt(1, 200, 300, served), attempt(2, 400, 500)], ["0-1"]],
    ["nothing after another part's", [attempt(0, 0, 1_000), attempt(1, 500, 1_500, served), attempt(2, 2_000, 2_100)], []],
    [
      "a success before, without times",
      [attempt(0, undefined, undefined, served), attempt(1, undefined, undefined), attempt(2, undefined, undefined)],
      ["1-2"],
    ],
    ["a success before, of an unknown time", [attempt(0, undefined, undefined, served), attempt(1, 0, 100), attempt(2, 200, 300)], ["1-2"]],
    [
      "a success before, and errors of an unknown time",
      [attempt(0, 0, 100, served), attempt(1, undefined, undefined), attempt(2, undefined, undefined)],
      ["1-2"],
    ],
    ["sent again by a browser", [attempt(0, 0, 100, lost), attempt(1, 150, 200)], []],
    ["sent again by a browser after a retry", [attempt(0, 0, 100), attempt(1, 1_000, 1_100, lost), attempt(2, 1_120, 1_200)], ["0-2"]],
    [
      "an answer that never came, and another request meanwhile",
      [attempt(0, 0, 500, lost), attempt(1, 100, 150, served), attempt(2, 600, 700)],
      ["0-2"],
    ],
  ])("%s", (_, attempts, chains) => {
    expect(joined(attempts)).toEqual(chains);
  });

  it("takes only successes for a poll, and nothing of an unknown time", () => {
    const errors = [attempt(0, 15_000, 15_100), attempt(1, 20_000, 20_100), attempt(2, 25_000, 25_100), attempt(3, 30_000, 30_100)];
    expect(joined(errors)).toEqual(["0-1 1-2 2-3"]);
    const between = [attempt(0, 0, 100), attempt(1, 5_000, 5_100), attempt(2, 10_000, 10_100, served)];
    expect(joined([...between, attempt(3, 15_000, 15_100), attempt(4, 20_000, 20_100)])).toEqual(["0-1 1-2", "3-4"]);
    expect(joined(errors, [0, 5_000, 10_000])).toEqual(["0-1 1-2 2-3 poll"]);
    expect(joined([attempt(0, undefined, undefined), attempt(1, undefined, undefined)], [0, 5_000, 10_000])).toEqual(["0-1"]);
  });
});

describe("repetitionsOf", () => {
  const keyed = (entry: number, from: number, until: number, key: string, more: Partial<Attempt> = {}) =>
    attempt(entry, from, until, { ...served, key, isKeyed: true, ...more });
  const pairs = (...attempts: Attempt[]) =>
    repetitionsOf(attempts, () => false).map(({ from, to }) => `${from.moment.origin.entry}-${to.moment.origin.entry}`);

  it.each<[string, readonly Attempt[], string[]]>([
    ["another key", [keyed(0, 0, 100, "k"), keyed(1, 200, 300, "l")], ["0-1"]],
    ["no word of keys", [keyed(0, 0, 100, "k", { isKeyed: false }), keyed(1, 200, 300, "l")], []],
    ["another body", [keyed(0, 0, 100, "k"), keyed(1, 200, 300, "l", { fingerprint: "g" })], []],
    [
      "bodies that were not captured",
      [keyed(0, 0, 100, "k", { fingerprint: undefined }), keyed(1, 200, 300, "l", { fingerprint: undefined })],
      [],
    ],
    ["the last of several", [keyed(0, 0, 100, "k"), keyed(1, 200, 300, "k"), keyed(2, 400, 500, "l")], ["1-2"]],
    ["two at once, of which it may repeat either", [keyed(0, 0, 100, "k"), keyed(1, 50, 150, "k"), keyed(2, 400, 500, "l")], []],
  ])("%s", (_, attempts, told) => {
    expect(pairs(...attempts)).toEqual(told);
  });
});

describe("isRepaired", () => {
  it("by another key only where the error may be about keys", () => {
    const repairs = (status: number) =>
      isRepaired(builtin, { from: attempt(0, 0, 1, { status, key: "k" }), to: attempt(1, 2, 3, { key: "l" }), gap: 1 });
    expect([repairs(409), repairs(404)]).toEqual([true, false]);
  });
});

describe("conductAfter", () => {
  it("looks at each of several errors, also at one that no row takes", () => {
    const [row] = builtin.rows.filter(({ retry }) => retry === "backoff");
    const answer = { gateway: undefined, meetings: [{ kind: "met", row }, { kind: "refused" }] } as unknown as ErrorAnswer;
    const conductBy = (unlisted: string) => conductAfter(answer, { client: { unlisted } } as Contract).retry;
    expect([conductBy("never"), conductBy("backoff")]).toEqual([undefined, "backoff"]);
  });

  it("of somebody in front of the API nothing is promised", () => {
    const answer = { gateway: "nginx", meetings: [] } as unknown as ErrorAnswer;
    expect(conductAfter(answer, { client: { unlisted: "never" } } as Contract)).toEqual({ retry: "unspecified", row: null });
  });
});

describe("retryRuns", () => {
  const lengths = (...froms: Partial<Attempt>[]) =>
    retryRuns(
      { steps: froms.map((from) => ({ from: attempt(0, 0, 0, from), to: attempt(1, 0, 0), gap: 1_000 })) },
      ({ retry }) => retry === "backoff",
    ).map(({ length }) => length);

  it("go on over what got no answer, and end at what is not to be retried", () => {
    expect(lengths({}, lost, {})).toEqual([3]);
    expect(lengths({}, { retry: "never" }, {}, {})).toEqual([1, 2]);
    expect(lengths(lost, lost)).toEqual([]);
  });
});

describe("pausesOf", () => {
  const pause = (gap: number | undefined, more: Partial<Attempt> = {}) => ({
    from: attempt(0, 0, 0, more),
    to: attempt(1, 0, 0),
    gap,
  });

  it("leaves out what was asked for, and gives none where one is not known, or none is left", () => {
    expect(pausesOf([pause(5), pause(7_000, { named: 8 }), pause(6)])).toEqual([5, 6]);
    expect(pausesOf([pause(5), pause(undefined)])).toBeUndefined();
    expect(pausesOf([pause(7_000, { named: 8 })])).toBeUndefined();
  });
});

describe("StateChanges", () => {
  const changed = (...spans: readonly (readonly [number | null, number])[]) => {
    const changes = new StateChanges({ remember: () => new Map() as never });
    for (const [at, took] of spans) changes.note("c", makeExchange({ method: "PUT", at, took }));
    return changes;
  };
  const later = attempt(9, 1_000, 1_100, { changesBefore: one });

  it("knows what changed after the one was sent and before the other was", () => {
    expect(changed([50, 10]).isBetween("c", { from: attempt(0, 0, 100), to: later })).toBe(true);
    expect(changed([50, 10]).isBetween("other", { from: attempt(0, 0, 100), to: later })).toBe(false);
    // What was done is a change itself.
    expect(changed([50, 50]).isBetween("c", { from: attempt(0, 50, 100, served), to: later })).toBe(false);
    expect(changed([50, 51]).isBetween("c", { from: attempt(0, 50, 100, served), to: later })).toBe(true);
  });

  it("goes by the file where a time is unknown", () => {
    const changes = changed([null, 0]);
    const timeless = { startedAt: undefined, endedAt: undefined };
    const pairs = [
      { from: attempt(0, undefined, undefined), to: later },
      { from: attempt(0, undefined, undefined, served), to: later },
      { from: attempt(0, 0, 100), to: { ...later, moment: { ...later.moment, ...timeless } } },
    ];
    for (const { from, to } of pairs) {
      expect(changes.isBetween("c", { from, to })).toBe(true);
      expect(changes.isBetween("c", { from: { ...from, changesBefore: one }, to })).toBe(false);
    }
  });

  it("of what was before the oldest change it keeps, it knows nothing", () => {
    const changes = changed(...Array.from({ length: 600 }, (_, index) => [2_000 + index, 0] as const));
    expect(changes.isBetween("c", { from: attempt(0, 0, 100), to: later })).toBe(true);
    expect(changed([2_000, 0]).isBetween("c", { from: attempt(0, 0, 100), to: later })).toBe(false);
    const newestFirst = changed(...Array.from({ length: 600 }, (_, index) => [90_000 - 100 * index, 0] as const));
    expect(newestFirst.isBetween("c", { from: attempt(0, 39_000, 39_010), to: attempt(1, 39_050, 39_060) })).toBe(true);
    expect(newestFirst.isBetween("c", { from: attempt(0, 60_010, 60_020), to: attempt(1, 60_050, 60_060) })).toBe(false);
  });
});

describe("TargetMemory", () => {
  const open = () => {
    const [released, forgotten]: [number[], string[]] = [[], []];
    const remember = () => ({ set: (key: string) => forgotten.push(key) }) as never;
    const memory = new TargetMemory({ remember }, ({ attempts }) => released.push(attempts.length));
    const target = () => ({ client: "c", server: "s", isPublic: false, successes: [], attempts: [] as Attempt[], past: 0 });
    const fill = (count: number, make: (index: number) => Attempt) => {
      for (let index = 0; index < count; index++) memory.add(index, target(), make(index));
    };
    return { memory, released, forgotten, target, fill };
  };

  it("closes a target once", () => {
    const { memory, released, target } = open();
    memory.add(1, target(), attempt(0, 0, 100));
    for (const key of [1, 1, 2]) memory.close(key);
    expect(released).toEqual([1]);
  });

  it("keeps 200 attempts of one request", () => {
    const { memory, released, target } = open();
    for (let index = 0; index < 450; index++) memory.add(1, memory.get(1) ?? target(), attempt(index, 0, 100));
    memory.closeAll();
    expect(released).toEqual([200, 200, 50]);
  });

  it.each<[number, string, Partial<Attempt>]>([
    [2_000, "with a witness", { witness: {} as never }],
    [10_000, "without", {}],
  ])("keeps %i attempts %s", (most, _, more) => {
    const { released, fill } = open();
    fill(most + 3, (index) => attempt(index, 0, 100, more));
    expect(released).toEqual([1, 1, 1]);
  });

  it.each<[string, Attempt, Attempt, number]>([
    ["near in time", attempt(0, 0, 100), attempt(1, 120_100, 120_200), 1],
    ["long over", attempt(0, 0, 100), attempt(1, 120_101, 120_200), 0],
    ["much later, where a capture runs backwards", attempt(0, 120_001, 120_100), attempt(1, 0, 100), 0],
    ["a success", attempt(0, 0, 100, served), attempt(1, 200, 300), 0],
    ["of an unknown time", attempt(0, undefined, undefined), attempt(1, 900_000, 900_100), 1],
    ["of an unknown end", attempt(0, 0, undefined), attempt(1, 900_000, 900_100), 1],
    ["pushed out at an unknown time", attempt(0, 0, 100), attempt(1, undefined, undefined), 1],
  ])("counts what it lets go where more might have come: %s", (_, first, others, count) => {
    const { forgotten, fill } = open();
    fill(10_001, (index) => (index === 0 ? first : others));
    expect(forgotten).toHaveLength(count);
  });
});

describe("CaptureOrder", () => {
  const follows = (order: CaptureOrder, seconds: readonly (number | null)[], capture = "a.har") =>
    seconds.map((second) => order.follows(makeExchange({ capture, at: second === null ? null : start + second })));
  const beginning = Array.from({ length: 50 }, (_, index) => index);

  it("knows no order before fifty entries, nor without a time, nor after a later one", () => {
    const order = new CaptureOrder();
    expect(follows(order, beginning)).not.toContain(true);
    expect(follows(order, [50, 50, 49, 51, null, 52])).toEqual([true, true, false, true, false, true]);
    const later = beginning.map((second) => second + 100);
    expect(follows(order, later, "b.har")).not.toContain(true);
  });

  it("begins anew with a timeline", () => {
    const order = new CaptureOrder();
    follows(order, [1_000]);
    follows(order, beginning);
    expect(follows(order, [60])).toEqual([false]);
    order.forget();
    follows(order, beginning);
    expect(follows(order, [60])).toEqual([true]);
  });
});

describe("PollRhythm", () => {
  const notes = (...steps: readonly (readonly [start: number, isDone: boolean])[]) => {
    const rhythm = new PollRhythm();
    return steps.map(([at, isDone]) => rhythm.note(at, isDone)).at(-1);
  };

  it("is steady within a fifth, or 50 ms", () => {
    expect(notes([0, true], [1000, true], [2250, true])).toBe(true);
    expect(notes([0, true], [1000, true], [2260, true])).toBe(false);
    expect(notes([0, true], [10, true], [70, true])).toBe(true);
    expect(notes([0, true], [10, true], [71, true])).toBe(false);
  });

  it("is over after three times its pace, but not after an error", () => {
    const steady = [[0, true] as const, [1000, true] as const, [2000, true] as const];
    expect(notes(...steady, [5000, false])).toBe(true);
    expect(notes(...steady, [5001, false])).toBe(false);
    expect(notes(...steady, [3000, false], [90_000, true])).toBe(true);
    expect(notes([0, true], [1000, false], [2000, true], [3000, true])).toBe(false);
  });
});

describe("RecentSuccesses", () => {
  it("keeps four of each, and lets go of the oldest targets", () => {
    const recent = new RecentSuccesses();
    for (const start of [1, 2, 3, 4, 5]) recent.note(1, start);
    expect(recent.take(1)).toEqual([2, 3, 4, 5]);
    expect(recent.take(1)).toEqual([]);
    recent.note(1, 1);
    recent.note(2, 1);
    for (let other = 0; other < 5_000; other++) recent.note(100 + other, 1);
    recent.note(1, 2);
    for (let other = 0; other < 4_999; other++) recent.note(10_000 + other, 1);
    expect(recent.take(1)).toEqual([1, 2]);
    expect(recent.take(2)).toEqual([]);
    recent.note(1, 1);
    recent.clear();
    expect(recent.take(1)).toEqual([]);
  });

  it("knows each of so many by itself, whatever they are", () => {
    const key = fc.oneof(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 20 }).map((at) => at * 8_192 + 7),
      fc.maxSafeNat(),
    );
    const step = fc.record({ key, start: fc.nat(1_000), isTaken: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const recent = new RecentSuccesses();
        const known = new Map<number, number[]>();
        for (const { key, start, isTaken } of steps) {
          if (isTaken) {
            expect(recent.take(key)).toEqual(known.get(key) ?? []);
            known.delete(key);
          } else {
            recent.note(key, start);
            known.set(key, [...(known.get(key) ?? []), start].slice(-4));
          }
        }
      }),
    );
  });
});

describe("RepeatedPauses", () => {
  it("counts the series of a client that are alike, of the last twenty", () => {
    const pauses = new RepeatedPauses({ remember: () => new Map() as never }, 0.05);
    expect(pauses.note("a", [1000, 2000])).toBe(1);
    expect(pauses.note("a", [1049, 2099])).toBe(2);
    expect(pauses.note("a", [1060, 2000])).toBe(2);
    expect(pauses.note("b", [1000, 2000])).toBe(1);
    for (let series = 0; series < 20; series++) pauses.note("a", [9000]);
    expect(pauses.note("a", [1000, 2000])).toBe(1);
  });
});
