import { describe, expect, it } from "vitest";
import { masking } from "../../rules/masking/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const rules = masking.filter(({ id }) => id !== "masking/cacheable-refusal");
const start = Date.UTC(2026, 0, 5, 12);

type Is = "own" | "foreign" | "missing";
/** A live probe's request; its number and time are set when all are put together. */
const sent = (is: Is, id: string, account: string | undefined, parts: ExchangeParts = {}, pair?: number): ExchangeParts => ({
  url: `/v1/courses/${id}`,
  ...(account !== undefined && { account }),
  ...parts,
  probe: { id: "mask/read", live: true, target: { resource: "course", is }, ...(pair !== undefined && { group: "GET, plain", pair }) },
});
const gone: ExchangeParts = {
  status: 404,
  body: { detail: { error: { type: "not_found_error", code: "course_not_found", message: "No such course." } } },
};
const served = (text = "Algebra"): ExchangeParts => ({ status: 200, body: { title: text } });
const own = (text?: string) => [sent("own", "a", "alice", served(text)), sent("own", "b", "bob", served())];
const vary = { headers: { vary: "origin", "content-type": "application/json" } };

interface Pairs {
  readonly count?: number;
  readonly foreign?: ExchangeParts;
  readonly missing?: ExchangeParts;
  readonly asker?: string | null;
}

function pairs({ count = 8, foreign = {}, missing = {}, asker = "bob" }: Pairs = {}): ExchangeParts[] {
  return Array.from({ length: count }, (_, pair) => [
    sent("foreign", "a", asker ?? undefined, { ...gone, ...foreign }, pair),
    sent("missing", `m${pair}`, asker ?? undefined, { ...gone, ...missing }, pair),
  ]).flat();
}

async function judge(...all: ExchangeParts[]) {
  const exchanges: Exchange[] = all.map((parts, entry) => makeExchange({ at: start + entry * 1000, entry, ...parts }));
  const report = await judgeExchanges(exchanges, builtin, rules);
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  const course = report.coverage.provisions.find(({ provision }) => provision === "masking:course");
  return {
    findings: report.findings.map(({ rule, note, severity }) => `${severity} ${rule} ${note}`),
    shown: report.findings.flatMap(({ samples }) => samples.map(({ found, expected }) => [found, expected])),
    verdict: course?.verdict,
    note: course?.note,
    open: report.coverage.notObservable.map(({ reason }) => reason),
  };
}

describe("masking, asked live", () => {
  it("is kept where pairs show no difference", async () => {
    expect(await judge(...own(), ...pairs(), ...own())).toEqual({
      findings: [],
      shown: [],
      verdict: "kept",
      note: "no difference found in 8 pairs (GET)",
      open: [],
    });
  });

  it("is broken by a difference, told once", async () => {
    const { findings, verdict } = await judge(...own(), ...pairs({ foreign: vary }), ...own());
    expect({ findings, verdict }).toEqual({ findings: ["error masking/distinguishable headerNames"], verdict: "broken" });
  });

  it("shows a field that always has another value", async () => {
    const stored = (control: string) => ({ headers: { "cache-control": control, "content-type": "application/json" } });
    const asked = pairs({ foreign: stored("private"), missing: stored("no-store") });
    const { findings, shown } = await judge(...own(), ...asked, ...own());
    expect(findings).toEqual(["error masking/distinguishable headerValue"]);
    expect(shown).toEqual([['Cache-Control "private"', 'Cache-Control "no-store"']]);
  });

  it("shows how often something is so that is not always", async () => {
    const other: ExchangeParts = {
      body: { detail: { error: { type: "not_found_error", code: "other_gone", message: "No such course." } } },
    };
    const asked = pairs({ count: 30 }).map((parts, index) => (index % 4 === 0 ? { ...parts, ...other } : parts));
    const { findings, shown } = await judge(...own(), ...asked, ...own());
    expect(findings).toContain("error masking/distinguishable code");
    expect(shown).toContainEqual(["course_not_found in 15 of 30", "course_not_found in 30 of 30"]);
  });

  it.each<[string, ExchangeParts[], ExchangeParts[], string]>([
    ["nothing before", [], own(), "its owner was not served it before and after"],
    ["nothing after", own(), [], "its owner was not served it before and after"],
    ["the owner refused", own(), [sent("own", "a", "alice", gone), ...own()], "its owner was not served it before and after"],
    ["the asker never served", own().slice(0, 1), own().slice(0, 1), "the asker was not served one of its own before and after"],
    ["another version after", own("a"), own("b"), "it was changed meanwhile"],
    [
      "what is missing to the stranger served to the owner",
      [...own(), sent("missing", "m9", "alice", served())],
      own(),
      "an id taken to be missing was not so to the owner",
    ],
  ])("says nothing with %s", async (_, before, after, why) => {
    const { findings, verdict, note, open } = await judge(...before, ...pairs({ foreign: vary }), ...after);
    expect({ findings, verdict, open }).toEqual({ findings: [], verdict: "not observable", open: [why] });
    expect(note).toBe(`inconclusive (GET): ${why}`);
  });

  it("does not mind a limit in between, nor an owner's read that was put off", async () => {
    const limited: ExchangeParts = {
      status: 429,
      body: { detail: { error: { type: "rate_limit_error", code: "retry_after_2", message: "m" } } },
    };
    const asked = pairs();
    const { findings, verdict } = await judge(
      sent("own", "a", "alice", limited),
      ...own(),
      sent("foreign", "a", "bob", limited, 3),
      ...asked,
      ...own(),
    );
    expect({ findings, verdict }).toEqual({ findings: [], verdict: "kept" });
  });

  it("is no proof in a few pairs, but a status is", async () => {
    expect(await judge(...own(), ...pairs({ count: 3 }), ...own())).toMatchObject({ findings: [], verdict: "not observable" });
    const refused: ExchangeParts = { status: 405, body: { detail: { error: { type: "invalid_request_error", code: "x", message: "m" } } } };
    const { findings } = await judge(...own(), ...pairs({ count: 3, foreign: refused }), ...own());
    expect(findings).toContain("error masking/distinguishable status");
  });

  it("is told by the rule whose matter it is", async () => {
    const conflict: ExchangeParts = {
      status: 409,
      body: { detail: { error: { type: "invalid_request_error", code: "x", message: "m" } } },
    };
    const forbidden: ExchangeParts = {
      status: 403,
      body: { detail: { error: { type: "invalid_request_error", code: "x", message: "m" } } },
    };
    expect((await judge(...own(), ...pairs({ foreign: conflict }), ...own())).findings).toEqual(["error masking/wrong-answer foreign"]);
    expect((await judge(...own(), ...pairs({ foreign: forbidden }), ...own())).findings).toEqual([
      "error masking/existence-revealed revealed",
    ]);
    expect((await judge(...own(), ...pairs({ foreign: served() }), ...own())).findings).toEqual([
      "error masking/foreign-served servedLive",
    ]);
    expect((await judge(...own(), ...pairs({ foreign: served(), missing: served() }), ...own())).findings).toEqual([]);
  });

  it("holds for nobody too, who has nothing of its own", async () => {
    const stranger: ExchangeParts = { status: 401, body: { detail: { error: { type: "authentication_error", message: "Who are you?" } } } };
    const alike = pairs({ asker: null, foreign: stranger, missing: stranger });
    expect((await judge(...own().slice(0, 1), ...alike, ...own().slice(0, 1))).verdict).toBe("kept");
    const apart = pairs({ asker: null, foreign: stranger });
    expect((await judge(...own().slice(0, 1), ...apart, ...own().slice(0, 1))).findings).toEqual(["error masking/distinguishable status"]);
  });

  it("counts a connection that is closed on one of them", async () => {
    const { findings } = await judge(...own(), ...pairs({ foreign: { status: 0, body: null } }), ...own());
    expect(findings).toEqual(["error masking/distinguishable answered"]);
  });

  it("leaves the pairs before the first out", async () => {
    const warm = [sent("foreign", "a", "bob", { ...gone, ...vary }, -1), sent("missing", "m", "bob", gone, -1)];
    expect((await judge(...own(), ...warm, ...pairs(), ...own())).verdict).toBe("kept");
  });

  it("is not what a recording made by other means says", async () => {
    const all = [...own(), ...pairs({ foreign: vary }), ...own()].map((parts) => ({
      ...parts,
      probe: { ...parts.probe, id: "x", live: false },
    }));
    // As in any capture: a warning, and no proof that the others are missing.
    expect((await judge(...all)).findings).toEqual(["warning masking/distinguishable headerNames"]);
  });
});

describe("times, asked live", () => {
  const timed = (late: number, connected?: number) =>
    Array.from({ length: 200 }, (_, pair) => {
      const wait = 1 + ((pair * 0.618) % 1);
      return [
        { ...sent("foreign", "a", "bob", { ...gone, waited: wait + late }, pair), ...(connected !== undefined && { connected }) },
        sent("missing", `m${pair}`, "bob", { ...gone, waited: 1 + ((pair * 0.382) % 1) }, pair),
      ];
    }).flat();

  it("are told with their resolution, whichever way it goes", async () => {
    const late = await judge(...own(), ...timed(5), ...own());
    expect(late.findings).toEqual(["warning masking/timing-differs later"]);
    expect(late.note).toMatch(/timing: a difference of [45]\.\d ms in 200 pairs at a resolution of 2\.\d ms/);
    const alike = await judge(...own(), ...timed(0), ...own());
    expect(alike).toMatchObject({ findings: [], verdict: "kept" });
    expect(alike.note).toMatch(
      /^no difference found in 200 pairs \(GET\); timing: no difference found in 200 pairs at a resolution of 2\.\d ms$/,
    );
  });

  it("of requests that opened a connection do not count", async () => {
    const { findings, open } = await judge(...own(), ...timed(5, 3), ...own());
    expect(findings).toEqual([]);
    expect(open).toEqual(["fewer than 180 pairs were timed on a connection that stood"]);
  });

  it("prove nothing without controls", async () => {
    const { findings, open } = await judge(...timed(5));
    expect(findings).toEqual([]);
    expect(new Set(open)).toEqual(new Set(["its owner was not served it before and after"]));
  });
});
