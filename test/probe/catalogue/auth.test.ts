import { expect, test } from "vitest";
import { auth } from "../../../src/probe/catalogue/auth/index.ts";
import { githubPlan, kitPlan, stripePlan, tinyContract, tinyPlan } from "./plans.ts";
import { askingFor, asks, linesOf, skips } from "./walk.ts";

test("auth/none asks every request but the public ones; reads for what is there, protected writes for what is not", async () => {
  const asking = await askingFor(kitPlan);
  const asked = asks(asking, ...auth.slice(0, 1));
  expect(asked.map(({ method }) => method)).toEqual(
    asking.plan.requests
      .filter(({ path, method }) => path !== "/v1/health" && `${method} ${path}` !== "POST /v1/courses")
      .map(({ method }) => method),
  );
  expect(asked.every(({ as }) => as === "anonymous")).toBe(true);
  const lines = linesOf(asked);
  expect(lines).toContain("0 anonymous GET /v1/courses/crs_geometry → unauthenticated");
  // The contract does not declare it: it may be there for anybody.
  expect(lines.filter((line) => line.startsWith("1 anonymous POST /v1/courses "))).toEqual([]);
  expect(asked.find(({ method }) => method === "PATCH")?.body?.content).toBe("{}");
});

test("auth/malformed sends what is no credential, as the contract's credential has it", async () => {
  const ofKit = asks(await askingFor(kitPlan), ...auth.slice(1, 2));
  expect(ofKit.map(({ as }) => as)).toEqual([{ madeUp: "Bearer" }, { madeUp: "Basic x" }]);
  const keyed = tinyContract.replace("errors:", "authentication: { credential: { header: X-Key }, missing: bad, invalid: bad }\nerrors:");
  const ofKey = asks(await askingFor(`${tinyPlan}accounts: { ann: { credential: ANN } }\n`, keyed), ...auth.slice(1, 2));
  expect(ofKey.map(({ as, aims }) => [as, aims])).toEqual([[{ madeUp: "x" }, ["bad"]]]);
});

test("auth/invalid makes up a credential for a read and for a write", async () => {
  const asked = asks(await askingFor(kitPlan), ...auth.slice(2, 3));
  expect(asked.map(({ method, level, aims }) => [method, level, aims])).toEqual([
    ["GET", 0, ["unauthenticated"]],
    ["PATCH", 1, ["unauthenticated"]],
  ]);
  expect(asked.every(({ as }) => typeof as === "object" && "madeUp" in as)).toBe(true);
});

test("auth/in-query sends a random token in the address, where the contract has none there", async () => {
  const [asked] = asks(await askingFor(kitPlan), ...auth.slice(3, 4));
  expect(asked?.path).toMatch(/^\/v1\/courses\/crs_geometry\?access_token=[a-z0-9]{32}$/);
  expect(asked?.as).toBe("anonymous");
  const inAddress = tinyContract.replace("errors:", "authentication: { credential: { query: token }, missing: bad }\nerrors:");
  const asking = await askingFor(`${tinyPlan}accounts: { ann: { credential: ANN } }\n`, inAddress);
  expect(skips(asking, ...auth.slice(3, 4))).toEqual(["the contract has a credential in the address"]);
});

test("auth/order tempts the server to look at the id, and at the body", async () => {
  const [read, write] = asks(await askingFor(kitPlan), ...auth.slice(4));
  expect(linesOf([read, write].flatMap((each) => each ?? []))).toEqual([
    expect.stringMatching(/^0 anonymous GET \/v1\/courses\/crs_[a-z0-9]+ → unauthenticated$/),
    expect.stringMatching(/^1 anonymous PATCH \/v1\/courses\/crs_[a-z0-9]+ → unauthenticated$/),
  ]);
  expect(() => JSON.parse(String(write?.body?.content))).toThrow(SyntaxError);
});

test("where the contract says nothing of authentication, nothing is asked", async () => {
  const asking = await askingFor(tinyPlan, tinyContract);
  expect(asks(asking, ...auth)).toEqual([]);
  expect(new Set(skips(asking, ...auth))).toEqual(new Set(["the contract says nothing of authentication"]));
});

test("where nothing needs a credential, that is said", async () => {
  const open = tinyContract.replace("errors:", "authentication: { public: ['*'], missing: bad }\nerrors:");
  const said = skips(await askingFor(tinyPlan, open), ...auth);
  expect(said).toEqual([
    "no request in the plan needs a credential by the contract",
    "no GET that needs a credential in the plan",
    "no request in the plan needs a credential by the contract",
    "no GET that needs a credential in the plan",
    "no request in the plan needs a credential by the contract",
  ]);
});

test("what the contract does not protect is asked without an aim, what is public not at all", async () => {
  expect(linesOf(asks(await askingFor(githubPlan), ...auth.slice(0, 1)))).toEqual(["0 anonymous GET /user → -"]);
  expect(linesOf(asks(await askingFor(stripePlan), ...auth.slice(0, 1)))).toEqual([
    "0 anonymous GET /v1/charges/ch_1 → -",
    "1 anonymous POST /v1/customers → unauthenticated",
    expect.stringMatching(/^1 anonymous DELETE \/v1\/customers\/~envelint~[a-z0-9]+ → unauthenticated$/),
    // The contract's own: its template needs no filling in.
    "1 anonymous POST /v1/charges → unauthenticated",
  ]);
});
