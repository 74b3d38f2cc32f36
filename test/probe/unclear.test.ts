import { expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import type { ProbeVerdict } from "../../src/model/report.ts";
import type { Asker } from "../../src/probe/ask.ts";
import type { Asked, Run } from "../../src/probe/run.ts";
import { refusedAccounts, unclear } from "../../src/probe/unclear.ts";

function asked(entry: number, as: Asker, more: Partial<Asked> = {}): Asked {
  const sending = { method: "GET", url: "", headers: [], body: undefined };
  const ask = { purpose: "as it is", level: 0, method: "GET", path: "/x", as } as const;
  return { probe: "a/b", ask, entry, sending, status: 401, failure: undefined, ...more };
}

const run = (...some: Asked[]): Run => ({ asked: some, unasked: [], stopped: undefined });
const alice = { account: "alice" };
const refusedIn = async (reference: string, given: Run, row: string) =>
  refusedAccounts(given, await loadContract(reference), new Map(given.asked.map(({ entry }) => [entry, [row]])));

test("an account's credential that is refused is told; a stranger's, a made-up one's and a control's refusal is not", async () => {
  const given = run(
    asked(0, alice),
    asked(1, alice),
    asked(2, "anonymous"),
    asked(3, { madeUp: "Bearer x" }),
    asked(4, { account: "bob" }, { probe: "control/own-b" }),
    asked(5, { account: "bob" }, { status: 404 }),
  );
  expect(await refusedIn("builtin:course-api", given, "unauthenticated")).toEqual([
    "The credential of alice was refused 2 times, GET /x first: is it right, and good for all that the plan asks?",
  ]);
  expect(await refusedIn("builtin:course-api", given, "course-not-found")).toEqual([]);
  // Strangers and those who may not see it are answered alike there.
  expect(await refusedIn("builtin:github", run(asked(0, alice, { status: 404 })), "not-found")).toEqual([]);
});

const verdicts = (...some: ProbeVerdict["verdict"][]) => some.map((verdict, at): ProbeVerdict => ({ probe: `a/${at}`, verdict, sent: 1 }));

test("where most of what was asked came to nothing, nothing is green", () => {
  expect(unclear(run(), verdicts("pass", "inconclusive"), [])).toEqual([]);
  expect(unclear(run(), verdicts("skipped", "skipped", "skipped"), [])).toEqual([]);
  expect(unclear(run(), verdicts("pass", "inconclusive", "inconclusive", "skipped"), [])).toEqual([
    "2 of 3 probes were inconclusive: little was put to the test.",
  ]);
});

test("silences are named, ten of them", () => {
  const silent = Array.from({ length: 12 }, (_, at) => asked(at, alice, { status: 0, failure: "the connection was reset" }));
  const told = unclear({ ...run(...silent), stopped: "It was stopped." }, [], []);
  expect(told).toHaveLength(12);
  expect(told.slice(0, 2)).toEqual(["It was stopped.", "a/b: no answer to GET /x (as it is): the connection was reset."]);
  expect(told.at(-1)).toBe("2 more requests got no whole answer.");
});
