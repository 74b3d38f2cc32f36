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
  const judge = async (reference: string, status: number) => new Brakes(await loadContract(reference)).judge(asked(status), reply(status));
  expect(await judge("builtin:slack", 200)).toBeUndefined();
  expect(await judge("builtin:slack", 201)).toContain("should have been refused and was served with 201");
  expect(await judge("builtin:course-api", 200)).toContain("POST /api/x (a bad body) should have been refused and was served with 200.");
  expect(await judge("builtin:course-api", 400)).toBeUndefined();
});
