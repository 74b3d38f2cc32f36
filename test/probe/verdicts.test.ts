import { expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { Coverage, RowVerdict } from "../../src/model/report.ts";
import type { Ask } from "../../src/probe/ask.ts";
import type { Probe } from "../../src/probe/probe.ts";
import type { Asked, Run, Unasked } from "../../src/probe/run.ts";
import { explainCoverage, judgeProbes } from "../../src/probe/verdicts.ts";

const probe = (id: string): Probe => ({ id, summary: "", needs: "a body", *ask() {} });

function ask(more: Partial<Ask> = {}): Ask {
  return { purpose: "as it is", level: 0, method: "GET", path: "/x", as: "anonymous", ...more };
}

function asked(id: string, entry: number, more: Partial<Asked> & { aims?: readonly string[] } = {}): Asked {
  const { aims, ...others } = more;
  const sending = { method: "GET", url: "", headers: [], body: undefined };
  return { probe: id, ask: ask(aims && { aims }), entry, sending, status: 404, failure: undefined, ...others };
}

function left(id: string, reason: string, aims: readonly string[] = []): Unasked {
  return { probe: id, reason, aims, ask: undefined };
}

function run(some: readonly Asked[], unasked: readonly Unasked[] = []): Run {
  return { asked: some, unasked, stopped: undefined };
}

function finding(entry: number, severity: Finding["severity"] = "error"): Finding {
  return { severity, samples: [{ entry }] } as unknown as Finding;
}

const verdictOf = (given: Run, findings: readonly Finding[] = [], met: [number, string[]][] = []) => {
  const [{ verdict, reason } = { verdict: "none", reason: undefined }] = judgeProbes([probe("a/b")], given, findings, new Map(met), []);
  return reason === undefined ? verdict : `${verdict}: ${reason}`;
};

test("a probe passes where every answer is the one it was sent for", () => {
  expect(verdictOf(run([asked("a/b", 0)]))).toBe("pass");
  expect(verdictOf(run([asked("a/b", 0, { aims: ["gone"] })]), [], [[0, ["gone"]]])).toBe("pass");
});

test("it fails where a finding is about one of its answers; a note is none", () => {
  expect(verdictOf(run([asked("a/b", 0)]), [finding(0)])).toBe("fail");
  expect(verdictOf(run([asked("a/b", 0)]), [finding(0, "warning")])).toBe("fail");
  expect(verdictOf(run([asked("a/b", 0)]), [finding(0, "note")])).toBe("pass");
  expect(verdictOf(run([asked("a/b", 0)]), [finding(7)])).toBe("pass");
});

test("it is inconclusive where no answer came, or none was the one it was sent for", () => {
  expect(verdictOf(run([asked("a/b", 0, { status: 0, failure: "the connection was reset" })]))).toBe(
    "inconclusive: GET /x (as it is): the connection was reset",
  );
  expect(verdictOf(run([asked("a/b", 0, { aims: ["gone"], status: 401 })]), [], [[0, ["unknown"]]])).toBe(
    "inconclusive: GET /x (as it is) was answered 401 unknown",
  );
});

test("one of several answers with the same aim is enough", () => {
  const both = [asked("a/b", 0, { aims: ["gone"] }), asked("a/b", 1, { aims: ["gone"] })];
  expect(verdictOf(run(both), [], [[1, ["gone"]]])).toBe("pass");
  const [, other] = [0, asked("a/b", 1, { aims: ["limited"] })];
  expect(verdictOf(run([both[0] as Asked, other]), [], [[0, ["gone"]]])).toMatch(/^inconclusive/);
});

test("a control that was not served, and masking that could not be judged, are no pass", () => {
  const control = { ...asked("a/b", 0), probe: "control/own-a" };
  const [own] = judgeProbes([probe("control/own-a")], run([control]), [], new Map(), []);
  expect(own).toMatchObject({ verdict: "inconclusive", reason: "GET /x (as it is) was answered 404" });
  const pair = { ...asked("mask/read", 0), ask: { ...ask(), target: { resource: "course", is: "foreign" } } } as const;
  const provision = { provision: "masking:course", seen: 0, promise: { file: "c.yaml", line: 1 }, reason: "its owner was not served it" };
  const [open] = judgeProbes([probe("mask/read")], run([pair]), [], new Map(), [{ ...provision, verdict: "inconclusive" }]);
  expect(open).toMatchObject({ verdict: "inconclusive", reason: "its owner was not served it" });
  const [kept] = judgeProbes([probe("mask/read")], run([pair]), [], new Map(), [{ ...provision, verdict: "kept" }]);
  expect(kept).toMatchObject({ verdict: "pass" });
});

test("it is skipped where nothing was sent, with the first reason", () => {
  expect(verdictOf(run([], [left("a/b", "no body"), left("a/b", "no id")]))).toBe("skipped: no body");
  expect(verdictOf(run([], [left("c/d", "no body")]))).toBe("skipped: nothing to ask: it needs a body");
  expect(verdictOf(run([asked("a/b", 0)], [left("a/b", "no body")]))).toBe("pass: partly skipped: no body");
});

function coverage(rows: Record<string, RowVerdict>, provisions: Record<string, RowVerdict> = {}): Coverage {
  const promise = { file: "c.yaml", line: 1 };
  return {
    rows: Object.entries(rows).map(([row, verdict]) => ({ row, verdict, seen: 0, promise })),
    provisions: Object.entries(provisions).map(([provision, verdict]) => ({ provision, verdict, seen: 0, promise })),
    operations: [],
    notObservable: [],
  };
}

test("a row that was not put to the test says why: asked for in vain, left out, or none's aim", () => {
  const given = run([asked("a/b", 0, { aims: ["gone"], status: 401 })], [left("c/d", "needs a body", ["invalid"])]);
  const before = coverage({ gone: "unseen", invalid: "unseen", crash: "unseen", kept: "kept", broken: "broken" });
  expect(explainCoverage(before, given, new Map()).rows.map(({ row, verdict, reason }) => [row, verdict, reason])).toEqual([
    ["gone", "inconclusive", "GET /x (as it is) was answered 401"],
    ["invalid", "skipped", "needs a body"],
    ["crash", "skipped", "no probe provokes it"],
    ["kept", "kept", undefined],
    ["broken", "broken", undefined],
  ]);
});

test("a provision says why by the family of probes that is for it", () => {
  const given = run([asked("mask/read", 0)], [left("idem/replay", "it may change something")]);
  const before = coverage({}, { "masking:course": "not observable", "idempotency:launch:replay": "unseen" });
  expect(explainCoverage(before, given, new Map()).provisions.map(({ verdict, reason }) => [verdict, reason])).toEqual([
    ["inconclusive", "the answers do not tell"],
    ["skipped", "it may change something"],
  ]);
  const none = explainCoverage(before, run([]), new Map());
  expect(none.provisions[1]).toMatchObject({ verdict: "skipped", reason: "no probe provokes it" });
});
