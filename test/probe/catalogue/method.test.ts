import { expect, test } from "vitest";
import { head } from "../../../src/probe/catalogue/method/head.ts";
import { options } from "../../../src/probe/catalogue/method/options.ts";
import { unknownMethod } from "../../../src/probe/catalogue/method/unknown.ts";
import { unsupported } from "../../../src/probe/catalogue/method/unsupported.ts";
import { githubPlan, kitPlan, tinyContract, tinyPlan } from "./plans.ts";
import { askingFor, asks, linesOf, skips } from "./walk.ts";

/** Made-up ids left out. */
const linesWithoutIds = (...of: Parameters<typeof linesOf>) =>
  linesOf(...of).map((line) => line.replace(/crs_[a-z0-9]+|~envelint~[a-z0-9]+|(?<=octo\/)[^/ ]+/, "…"));

test("writes that the plan does not list name what nobody has; what only reads needs no such care", async () => {
  expect(linesWithoutIds(asks(await askingFor(kitPlan), unsupported))).toEqual([
    "1 alice DELETE /v1/courses/…/artifacts → method-not-allowed",
    "1 alice PUT /v1/courses/…/artifacts → method-not-allowed",
    "1 anonymous TRACE /v1/courses/…/artifacts → method-not-allowed",
    "1 alice PROPFIND /v1/courses → method-not-allowed",
  ]);
});

test("a listed method is not tried", async () => {
  const listed = githubPlan.replace("    - GET /repos/{owner}/{repo}\n", (line) =>
    ["GET", "DELETE", "PUT"].map((each) => line.replace("GET", each)).join(""),
  );
  const tried = asks(await askingFor(listed), unsupported).filter(({ path }) => path.startsWith("/repos/"));
  expect(tried.map(({ method }) => method)).toEqual(["PATCH", "TRACE"]);
});

test("without masking nothing is put or deleted: it might be made, or be well that it is gone", async () => {
  expect(linesWithoutIds(asks(await askingFor(tinyPlan, tinyContract), unsupported))).toEqual([
    "1 anonymous TRACE /things/… → -",
    "1 anonymous PROPFIND /things → -",
  ]);
});

test("an unknown method goes rather to an address without an id", async () => {
  expect(linesOf(asks(await askingFor(kitPlan), unknownMethod))).toEqual(["1 alice ENVELINT /v1/health → method-not-allowed"]);
  expect(linesWithoutIds(asks(await askingFor(githubPlan.replace("  other: GET /user\n", "")), unknownMethod))).toEqual([
    "1 alice ENVELINT /repos/octo/… → bad-json, validation",
  ]);
});

test("HEAD asks for the very thing that GET asked for: what nobody has, and what is there", async () => {
  const asked = asks(await askingFor(kitPlan), head);
  expect(asked.map(({ method }) => method)).toEqual(["GET", "HEAD", "GET", "HEAD"]);
  expect(asked[1]?.path).toBe(asked[0]?.path);
  expect(asked[3]?.path).toBe(asked[2]?.path);
  expect(asked.map(({ aims }) => aims)).toEqual([undefined, undefined, undefined, undefined]);
});

test("OPTIONS is asked of what is another's and of what is nobody's, as a pair", async () => {
  const pair = asks(await askingFor(kitPlan), options);
  expect(pair.map(({ as, path, target }) => [as, path, target?.is])).toEqual([
    [{ account: "bob" }, "/v1/courses/crs_geometry", "foreign"],
    [{ account: "bob" }, expect.stringMatching(/^\/v1\/courses\/crs_[a-z0-9]{8}$/), "missing"],
  ]);
  expect(new Set(pair.map(({ group, pair: number }) => `${group} ${number}`)).size).toBe(1);
  expect(asks(await askingFor(tinyPlan, tinyContract), options)).toEqual([]);
  const alone = githubPlan.replace(/^ {2}bob: .*\n/m, "").replace(/^ {4}bob: .*\n/m, "");
  expect(skips(await askingFor(alone), options)).toEqual(["no second account in the plan"]);
});

test("what is for everybody is left alone: a right server may answer there whatever it is asked by", async () => {
  const open = tinyContract.replace(
    "errors:",
    "authentication: { public: [things, thing, make], missing: bad }\nerrors:\n  - { name: method, status: 405, retry: never }",
  );
  const asked = asks(await askingFor(tinyPlan, open), unsupported);
  expect(linesWithoutIds(asked)).toEqual(["1 anonymous TRACE /things/… → method"]);
  const lists = tinyPlan.replace(/^ {2}thing:\n.*\n.*$/m, "  thing: []").replace(/^parameters.*$/m, "");
  expect(skips(await askingFor(lists, open.replace(/thing: "[^"]*"/, "thing: GET /thing/{id}")), unsupported)).toEqual([
    "no GET in the plan that names something or needs a credential",
  ]);
});

test("without a 405 in the contract nothing is aimed at", async () => {
  expect(asks(await askingFor(githubPlan), unsupported).flatMap(({ aims = [] }) => aims)).toEqual([]);
});

test("what OPTIONS lacks is said", async () => {
  expect(skips(await askingFor(tinyPlan, tinyContract), options)).toEqual(["the contract masks nothing"]);
});
