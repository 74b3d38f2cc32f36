import { describe, expect, it } from "vitest";
import { idempotency } from "../../rules/idempotency/index.ts";
import { masking } from "../../rules/masking/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Contract } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const contractWith = (members: string) =>
  parseContract(
    `envelint: 1
title: t
extends: builtin:course-api
errors: [{name: key-reused, status: 422, type: invalid_request_error, code: key_reused}]
idempotency: {operations: {launchCourse: required}, ${members}}`,
    { file: "t.yaml" },
  );
const start = Date.UTC(2026, 0, 5, 12);
const at = (second: number, parts: ExchangeParts) => makeExchange({ entry: second, at: start + second * 1000, account: "alice", ...parts });
const failure = (status: number, code?: string, more = {}): ExchangeParts => ({
  status,
  body: {
    detail: {
      error: { type: status === 404 ? "not_found_error" : "invalid_request_error", ...(code && { code }), message: "No.", ...more },
    },
  },
});

/** The verdict on each provision that was put to the test, and in how many cases. */
async function verdicts(exchanges: readonly Exchange[], contract: Contract = builtin, without?: string) {
  const rules = [...masking, ...idempotency].filter(({ id }) => id !== without);
  const { coverage } = await judgeExchanges(exchanges, contract, rules);
  return coverage.provisions.flatMap(({ provision, verdict, seen }) =>
    seen === 0 ? [] : `${provision.replace(/^.*?:/, "")} ${verdict} ${seen}`,
  );
}

const launch = (second: number, parts: ExchangeParts = {}) =>
  at(second, {
    method: "POST",
    url: "/v1/courses/c_1/launch",
    requestHeaders: { "idempotency-key": "key-1" },
    requestBody: { preset: "p" },
    status: 202,
    body: { id: "c_1", state: "launching" },
    ...parts,
  });
const keyless = (parts: ExchangeParts) => launch(0, { requestHeaders: { accept: "*/*" }, ...parts });

describe("a required key", () => {
  it.each<[string, ExchangeParts, string | undefined]>([
    ["kept by its row", failure(400, "idempotency_key_required"), "kept"],
    ["broken by a success", {}, "broken"],
    ["broken by another error", failure(400, "header_missing"), "broken"],
    ["open where the body is not captured", { status: 400, bodyState: "not-captured" }, "not observable"],
    ["no case where the answer is about something else", failure(404, "course_not_found"), undefined],
    ["no case where another parameter is at fault", failure(400, "bad", { param: "preset" }), undefined],
  ])("is %s", async (_, parts, verdict) => {
    expect(await verdicts([keyless(parts)])).toEqual(verdict === undefined ? [] : [`launchCourse:key ${verdict} 1`]);
  });

  it("is not kept by somebody in front of the API, be it one that the contract knows", async () => {
    const contract = await parseContract(
      `envelint: 1
title: t
extends: builtin:course-api
envelopes: {firewall: {when: {status: 400, mediaTypes: [text/html]}, intermediary: true}}
errors: [{name: blocked, status: 400, envelope: firewall}]
idempotency: {operations: {launchCourse: required}}`,
      { file: "t.yaml" },
    );
    const page = { status: 400, headers: { "content-type": "text/html" }, body: "<html>Blocked</html>" };
    expect(await verdicts([keyless(page)], contract)).toEqual([]);
    expect(await verdicts([keyless(failure(400, "no_key"))], contract)).toEqual(["launchCourse:key kept 1"]);
  });

  it("is no case where the request shows no headers", async () => {
    expect(await verdicts([launch(0, { ...failure(400, "idempotency_key_required"), requestHeaders: {}, requestBody: null })])).toEqual([]);
  });

  it.each<[ExchangeParts, string[]]>([
    [failure(400, "no_key"), ["kept"]],
    [failure(409, "conflict"), []],
    [failure(400, "bad", { param: "preset" }), []],
    [failure(400, "bad", { param: "Idempotency-Key" }), ["kept"]],
    [{ status: 422, body: { detail: [] } }, []],
    [{ status: 400, headers: { "content-type": "text/html" }, body: "<html><hr><center>nginx</center></html>" }, []],
    [{ ...failure(400, "no_key"), requestHeaders: {}, requestBody: null }, []],
    [{ ...failure(400, "no_key"), requestHeaders: { "idempotency-key": "k" } }, []],
  ])("without a row of its own is kept by a refusal of the request: %j", async (parts, expected) => {
    const found = await verdicts([keyless(parts)], await contractWith("replay: unspecified"));
    expect(found).toEqual(expected.map((verdict) => `launchCourse:key ${verdict} 1`));
  });
});

describe("a replay", () => {
  const again = (parts: ExchangeParts = {}) => [launch(0), launch(1, parts)];
  const other = { body: { id: "c_2" } };

  it.each<[string, ExchangeParts, string | undefined]>([
    ["kept by the same course", { status: 200, body: { id: "c_1", state: "running" } }, "kept"],
    ["broken by another", other, "broken"],
    ["open where the answer names nothing", { body: { state: "running" } }, "not observable"],
    ["open where it was refused", failure(409, "already_launched"), "not observable"],
    ["no case with another request", { requestBody: { preset: "q" } }, undefined],
    ["no case with another account", { account: "bob" }, undefined],
    ["no case at a limit", { status: 500, body: null }, undefined],
  ])("under same-effect is %s", async (_, parts, verdict) => {
    expect(await verdicts(again(parts))).toEqual(verdict === undefined ? [] : [`launchCourse:replay ${verdict} 1`]);
  });

  it.each<[string, ExchangeParts, string]>([
    ["kept by the same answer", {}, "kept"],
    ["broken by another status", { status: 200 }, "broken"],
    ["broken by another body", { body: { id: "c_1", state: "running" } }, "broken"],
    ["broken by a refusal", failure(409, "already_launched"), "broken"],
    ["broken once by another course", other, "broken"],
    ["open where the body is not captured", { bodyState: "not-captured" }, "not observable"],
  ])("under same-response is %s", async (_, parts, verdict) => {
    const found = await verdicts(again(parts), await contractWith("replay: same-response"));
    expect(found).toEqual([`launchCourse:replay ${verdict} 1`]);
  });

  it("is not kept for want of the rule that would tell", async () => {
    expect(await verdicts(again(other), builtin, "idempotency/replay-repeats")).toEqual([]);
    expect(await verdicts(again(other), await contractWith("replay: same-response"), "idempotency/replay-repeats")).toEqual([]);
    expect(await verdicts(again({ status: 200 }), await contractWith("replay: same-response"), "idempotency/replay-differs")).toEqual([]);
  });
});

describe("a reuse", () => {
  const contract = contractWith("reuse: key-reused");
  it.each<[string, ExchangeParts, string | undefined]>([
    ["kept by its row", failure(422, "key_reused"), "kept"],
    ["broken where it is accepted", {}, "broken"],
    ["broken by another error", failure(409, "already_launched"), "broken"],
    ["open where the request is not known", { requestBodyState: "not-captured" }, "not observable"],
    ["no case where the error is about something else", failure(404, "course_not_found"), undefined],
    ["no case where it repeats the request", { requestBody: { preset: "p" } }, undefined],
    ["broken by another account's course", { account: "bob", url: "/v1/courses/c_9/launch" }, "broken"],
    [
      "no case where a new credential repeats the request",
      { account: "bob", requestBody: { preset: "p" }, body: { id: "run" } },
      undefined,
    ],
  ])("is %s", async (_, parts, verdict) => {
    const first = launch(0, parts.body ? { body: parts.body as { id: string } } : {});
    const found = await verdicts(
      [parts.status === undefined ? first : launch(0), launch(1, { requestBody: { preset: "q" }, ...parts })],
      await contract,
    );
    expect(found).toEqual(verdict === undefined ? [] : [`launchCourse:reuse ${verdict} 1`]);
  });

  it("is no provision where the contract has no row for it", async () => {
    expect(await verdicts([launch(0), launch(1, { requestBody: { preset: "q" } })])).toEqual([]);
  });
});

describe("masking", () => {
  const read = (second: number, account: string, id: string, parts: ExchangeParts = {}) =>
    at(second, { account, url: `/v1/courses/${id}`, ...parts });
  const missing = failure(404, "course_not_found");
  const proved = (answer: ExchangeParts) => [read(0, "alice", "own"), read(1, "bob", "own", answer), read(2, "alice", "own")];

  it.each<[string, readonly Exchange[], string | undefined]>([
    ["broken by a 403", [read(0, "bob", "own", failure(403))], "broken 1"],
    ["broken by the row of another resource", [read(0, "bob", "own", failure(404, "preset_not_found"))], "broken 1"],
    ["broken by another answer to a foreign one", proved(failure(409, "in_use")), "broken 1"],
    ["open where a foreign one is answered as others are", [...proved(missing), read(3, "bob", "none", missing)], "not observable 1"],
    ["broken where it is not", [...proved(missing), read(3, "bob", "none", failure(404, "course_not_found", { param: "id" }))], "broken 1"],
    ["no case with nothing to compare", proved(missing), undefined],
    ["no case for a missing one", [read(3, "bob", "none", missing)], undefined],
  ])("is %s", async (_, exchanges, verdict) => {
    expect(await verdicts(exchanges)).toEqual(verdict === undefined ? [] : [`course ${verdict}`]);
  });

  it("is broken where a foreign course is served, if the accounts are surely two", async () => {
    const created = at(1, { method: "POST", url: "/v1/courses", account: "alice", status: 201, body: { id: "c_7" } });
    const both = [read(0, "bob", "x"), read(0, "alice", "y")];
    const last = [read(3, "bob", "x"), read(3, "alice", "y")];
    expect(await verdicts([...both, created, read(2, "bob", "c_7"), ...last])).toEqual(["course broken 1"]);
    expect(await verdicts([created, read(2, "bob", "c_7")])).toEqual([]);
  });
});
