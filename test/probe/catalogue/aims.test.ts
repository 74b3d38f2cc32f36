import { expect, test } from "vitest";
import { badMethodRows, badRequestRows, missingRows, namesOf, rowsWithAny, unknownRouteRows } from "../../../src/probe/catalogue/aims.ts";
import type { PlannedRequest } from "../../../src/probe/plan/plan.ts";
import type { Asking } from "../../../src/probe/probe.ts";
import { githubPlan, kitPlan, stripePlan, tinyContract, tinyPlan } from "./plans.ts";
import { askingFor } from "./walk.ts";

const planned = ({ plan }: Asking, method: string, path: string) =>
  plan.requests.find((each) => each.method === method && each.path === path) as PlannedRequest;

const withRows = (rows: string) => askingFor(tinyPlan, tinyContract.replace(/errors:\n[\s\S]*/, `errors:\n${rows}`));

test("a row for any code speaks for all bad requests; where each has a code of its own, all may be meant", async () => {
  const code = "members: { message: /message, code: /code }";
  const coded = (rows: string) =>
    askingFor(tinyPlan, tinyContract.replace("members: { message: /message }", code).replace(/errors:\n[\s\S]*/, `errors:\n${rows}`));
  const taken = "  - { name: taken, status: 422, code: taken, retry: never }\n";
  const malformed = "  - { name: malformed, status: 400, code: malformed, retry: never }\n";
  const general = "  - { name: general, status: 422, code: true, retry: never }\n";
  const of = async (rows: string) => {
    const asking = await coded(rows);
    return namesOf(badRequestRows(asking, planned(asking, "POST", "/things")));
  };
  expect(await of(taken + malformed)).toEqual(["taken", "malformed"]);
  expect(await of(taken + malformed + general)).toEqual(["general"]);
  expect(await of("  - { name: gone, status: 410, retry: never }\n")).toEqual([]);
});

test("rows for keys, strangers and limits are no answer to a bad request", async () => {
  const kit = await askingFor(kitPlan);
  expect(namesOf(badRequestRows(kit, planned(kit, "POST", "/v1/courses/{course_id}/launch")))).toEqual(["invalid-request"]);
  const stripe = await askingFor(stripePlan);
  expect(namesOf(badRequestRows(stripe, planned(stripe, "POST", "/v1/customers")))).toEqual(["invalid-request"]);
  const limit = await withRows("  - { name: slow, status: 400, retry: retry-after }\n");
  expect(namesOf(badRequestRows(limit, planned(limit, "POST", "/things")))).toEqual([]);
});

test("what is missing is what masking says of the resource that the path addresses", async () => {
  const kit = await askingFor(kitPlan);
  expect(namesOf(missingRows(kit, planned(kit, "GET", "/v1/presets/{preset_id}")))).toEqual(["preset-not-found"]);
  expect(namesOf(missingRows(kit, planned(kit, "GET", "/v1/courses")))).toEqual([]);
  const github = await askingFor(githubPlan);
  expect(namesOf(missingRows(github, planned(github, "GET", "/repos/{owner}/{repo}")))).toEqual(["not-found"]);
});

test("a 404 that is for every operation promises nothing of one of them; one that names it does", async () => {
  const named = await askingFor(tinyPlan, tinyContract);
  expect(namesOf(missingRows(named, planned(named, "GET", "/things/{id}")))).toEqual(["none"]);
  const all = await withRows("  - { name: none, status: 404, retry: never }\n");
  expect(namesOf(missingRows(all, planned(all, "GET", "/things/{id}")))).toEqual([]);
});

test("an unknown address has the row for unlisted operations, else any 404 without another meaning, else what there is", async () => {
  expect(namesOf(unknownRouteRows(await askingFor(kitPlan)))).toEqual(["unknown-route"]);
  const plain = "  - { name: none, status: 404, retry: never }\n";
  expect(namesOf(unknownRouteRows(await withRows(plain)))).toEqual(["none"]);
  expect(
    namesOf(unknownRouteRows(await withRows(`${plain}  - { name: nowhere, status: 404, operations: [other], retry: never }\n`))),
  ).toEqual(["nowhere"]);
  expect(namesOf(unknownRouteRows(await askingFor(githubPlan)))).toEqual(["not-found"]);
});

test("a method that is not there has a 405 or a 501 of its own; 5XX is for the server's faults", async () => {
  const kit = await askingFor(kitPlan);
  expect(namesOf(badMethodRows(kit, planned(kit, "GET", "/v1/courses"), "PROPFIND"))).toEqual(["method-not-allowed"]);
  const rows = "  - { name: bad, status: 400, retry: never }\n  - { name: failed, status: 5XX, retry: backoff }\n";
  const none = await withRows(rows);
  expect(namesOf(badMethodRows(none, planned(none, "GET", "/things"), "ENVELINT"))).toEqual([]);
  const some = await withRows(`${rows}  - { name: unknown, status: 501, retry: never }\n`);
  expect(namesOf(badMethodRows(some, planned(some, "GET", "/things"), "ENVELINT"))).toEqual(["unknown"]);
});

test("rows by their status, for whatever operation", async () => {
  const kit = await askingFor(kitPlan);
  expect(namesOf(rowsWithAny(kit, 413, 431))).toEqual(["content-too-large", "headers-too-large"]);
  expect(namesOf(rowsWithAny(kit, 401))).toEqual([]);
});
