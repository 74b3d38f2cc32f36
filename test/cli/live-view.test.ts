import { expect, test } from "vitest";
import { describeView, take, type ViewState, watchRun } from "../../src/cli/live-view.ts";
import type { RunEvent } from "../../src/probe/conduct.ts";

const begun = (): ViewState => ({ probe: "", at: "", asked: "", sent: 0, planned: 0, pace: 60, until: undefined });

function after(...events: RunEvent[]): ViewState {
  const state = begun();
  for (const event of events) take(state, event, 1_000);
  return state;
}

const planned: RunEvent = { kind: "planned", requests: 200, pace: 30 };
const probe: RunEvent = { kind: "probe", probe: { id: "mask/read", summary: "", needs: "", *ask() {} }, index: 6, of: 42 };
const asked = (path: string, status = 404): RunEvent => ({
  kind: "asked",
  sent: 31,
  budget: 400,
  asked: {
    probe: "mask/read",
    entry: 30,
    status,
    failure: undefined,
    ask: { method: "GET", path, purpose: "", level: 0, as: "anonymous" },
    sending: { method: "GET", url: "", headers: [], body: undefined },
  },
});

test("the view tells the probe, the budget used, the time left and the last answer", () => {
  expect(describeView(after(planned, probe, asked("/v1/courses/crs_1")), 1_000)).toBe(
    "7/42 mask/read  31 of 200 requests, 6 min left  GET /v1/courses/crs_1 404",
  );
  expect(describeView(after({ ...planned, requests: 40 }, probe, asked("/x", 0)), 1_000)).toBe(
    "7/42 mask/read  31 of 40 requests, 18 s left  GET /x no answer",
  );
});

test("a wait that the server asked for is counted down, the pace is not", () => {
  const waiting: RunEvent = { kind: "waiting", milliseconds: 12_000, why: "retry-after" };
  expect(describeView(after(planned, probe, waiting), 4_000)).toContain("waiting 9 s (retry-after)");
  expect(describeView(after(planned, probe, waiting, asked("/x")), 4_000)).not.toContain("waiting");
  expect(describeView(after(planned, probe, { ...waiting, why: "pace" }), 4_000)).not.toContain("waiting");
});

test("nothing that is asked or answered drives the terminal", () => {
  const drawn = describeView(after(planned, probe, asked("/\u001b[2J\u202e")), 1_000);
  expect([drawn.includes("\u001b"), drawn.includes("\u202e")]).toEqual([false, false]);
});

test("without a terminal nothing is drawn", () => {
  let written = "";
  const output = { write: (text: string) => (written += text) };
  const io = { stdout: output, stderr: output, cwd: "/", env: {} } as unknown as Parameters<typeof watchRun>[0];
  const view = watchRun(io);
  view.show(planned);
  view.done();
  expect(written).toBe("");
});

test("on a terminal the line is drawn over, and wiped away at the end", () => {
  const written: string[] = [];
  const stderr = { write: (text: string) => written.push(text), isTTY: true, columns: 40 };
  const view = watchRun({ stdout: stderr, stderr, cwd: "/", env: {} } as unknown as Parameters<typeof watchRun>[0]);
  view.show(planned);
  view.show(probe);
  view.done();
  expect(written.at(-1)).toBe("\r\u001b[K");
  for (const line of written.slice(0, -1)) expect(line.replace("\r\u001b[K", "").length).toBeLessThanOrEqual(39);
});
