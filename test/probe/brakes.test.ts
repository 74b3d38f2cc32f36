import { expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import type { Ask } from "../../src/probe/ask.ts";
import { Brakes } from "../../src/probe/brakes.ts";
import type { Asked } from "../../src/probe/run.ts";
import type { Received } from "../../src/probe/wire/wire.ts";

const ask: Ask = { purpose: "a bad body", level: 1, method: "POST", path: "/api/x", as: "anonymous", mustFail: true };

function received(status: number, body = "{}", headers: Received["headers"] = []): Received {
  return {
    status,
    reason: "",
    httpVersion: "HTTP/1.1",
    headers: [["Content-Type", "application/json"], ...headers],
    body: Buffer.from(body),
    isCut: false,
    failure: undefined,
    startedAt: 0,
    connect: 0,
    wait: 0,
    receive: 0,
    isNewConnection: false,
  };
}

function asked(status: number, more: Partial<Asked> = {}): Asked {
  const sending = { method: "POST", url: "https://slack.com/api/x", headers: [], body: undefined };
  return { probe: "body/malformed", ask, entry: 0, sending, status, failure: undefined, ...more };
}

test("a write that should have been refused and was served ends a run, whatever the status of errors is", async () => {
  const judge = async (reference: string, answer: Received) =>
    new Brakes(await loadContract(reference)).judge(asked(answer.status), answer)?.reason;
  expect(await judge("builtin:slack", received(200, '{"ok":false,"error":"invalid_auth"}'))).toBeUndefined();
  expect(await judge("builtin:slack", received(200, '{"ok":true}'))).toContain("should have been refused and was served with 200");
  expect(await judge("builtin:course-api", received(200))).toContain(
    "POST /api/x (a bad body) should have been refused and was served with 200.",
  );
  expect(await judge("builtin:course-api", received(303, "", [["Location", "/items/7"]]))).toContain(
    "It may have made or changed /items/7",
  );
  expect(await judge("builtin:course-api", received(304, ""))).toBeUndefined();
  expect(await judge("builtin:course-api", received(400))).toBeUndefined();
});

test("what was allowed to act does not end a run when it acts", async () => {
  const brakes = new Brakes(await loadContract());
  expect(brakes.judge(asked(201, { ask: { ...ask, level: 2 } }), received(201))).toBeUndefined();
});

test("an account that is not known, or a server that is elsewhere, ends a run with its first control; a wrong id does not", async () => {
  const judge = async (status: number) =>
    new Brakes(await loadContract()).judge(
      asked(status, { probe: "control/own-a", ask: { ...ask, method: "GET", mustFail: false } }),
      received(status),
    );
  expect(await judge(401)).toEqual({
    reason: "control/own-a: GET /api/x was answered 401. Is the account's credential right?",
    isFinal: true,
  });
  expect((await judge(301))?.reason).toContain("Is the plan's target right?");
  expect(await judge(404)).toBeUndefined();
  expect(await judge(200)).toBeUndefined();
});

test("answers that break off count as silences", async () => {
  const brakes = new Brakes(await loadContract());
  const broken = () => brakes.judge(asked(400, { failure: "no whole answer within 10 s" }), received(400));
  expect([broken(), broken(), broken()?.reason]).toEqual([
    undefined,
    undefined,
    "3 requests in a row got no whole answer: no whole answer within 10 s.",
  ]);
});

test("limits without end end a run; those that a probe is after do not", async () => {
  const brakes = new Brakes(await loadContract());
  const wanted = { ask: { ...ask, takesLimit: true } };
  for (let count = 0; count < 20; count++) expect(brakes.judge(asked(429, wanted), received(429))).toBeUndefined();
  for (let count = 1; count < 8; count++) expect(brakes.judge(asked(429), received(429))).toBeUndefined();
  expect(brakes.judge(asked(429), received(429))?.reason).toBe("8 answers in a row were limits (429), though each was waited out.");
});
