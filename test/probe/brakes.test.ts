import { expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import type { Ask, Reply } from "../../src/probe/ask.ts";
import { Brakes } from "../../src/probe/brakes.ts";

const ask: Ask = { purpose: "a bad body", level: 1, method: "POST", path: "/api/x", as: "anonymous", mustFail: true };

const reply = (status: number): Reply => ({
  status,
  header: () => undefined,
  text: "",
  json: () => undefined,
  startedAt: 0,
  endedAt: 0,
});

const asked = (status: number) => ({
  probe: "body/malformed",
  ask,
  entry: 0,
  sending: { method: "POST", url: "", headers: [], body: undefined },
  status,
  failure: undefined,
});

test("where errors have the status of a success, it does not end a run; elsewhere it does", async () => {
  const judge = async (reference: string, status: number) =>
    new Brakes(await loadContract(reference)).judge(asked(status), reply(status))?.reason;
  expect(await judge("builtin:slack", 200)).toBeUndefined();
  expect(await judge("builtin:slack", 201)).toContain("should have been refused and was served with 201");
  expect(await judge("builtin:course-api", 200)).toContain("POST /api/x (a bad body) should have been refused and was served with 200.");
  expect(await judge("builtin:course-api", 400)).toBeUndefined();
});

test("what was allowed to act does not end a run when it acts", async () => {
  const brakes = new Brakes(await loadContract());
  const allowed = { ...asked(201), ask: { ...ask, level: 2 } as const };
  expect(brakes.judge(allowed, reply(201))).toBeUndefined();
});

test("an account that is not known, or a server that is elsewhere, ends a run with its first control; a wrong id does not", async () => {
  const judge = async (status: number) =>
    new Brakes(await loadContract()).judge(
      { ...asked(status), probe: "control/own-a", ask: { ...ask, method: "GET", mustFail: false } },
      reply(status),
    );
  expect(await judge(401)).toEqual({
    reason: "control/own-a: GET /api/x was answered 401. Is the account's credential right?",
    isFinal: true,
  });
  expect((await judge(301))?.reason).toContain("Is the plan's target right?");
  expect(await judge(404)).toBeUndefined();
  expect(await judge(200)).toBeUndefined();
});
