import { describe, expect, it } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Contract } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import type { Rule } from "../../src/model/rule.ts";
import { absentKey } from "../../src/traffic/keys/key-duty.ts";
import { isStored, type KeyUse, ofOneAccount, ofOneRequest, outcomeOf, readKeyUse } from "../../src/traffic/keys/key-use.ts";
import { keyUses, type NotedUse } from "../../src/traffic/keys/key-uses.ts";
import { identityOf, sameIdentity } from "../../src/traffic/keys/resource-identity.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const contractWith = (idempotency: string) =>
  parseContract(
    `envelint: 1
title: t
extends: builtin:course-api
errors:
  - {name: key-reused, status: 422, type: invalid_request_error, code: key_reused}
  - {name: key-busy, status: 409, type: invalid_request_error, code: key_busy}
idempotency: {operations: {launchCourse: required}, ${idempotency}}`,
    { file: "t.yaml" },
  );
const busy = await contractWith("reuse: key-reused, inFlight: key-busy, replay: same-response");
const plain = await contractWith("replay: same-response");
const start = Date.UTC(2026, 0, 5, 12);
const launch = (second: number | null, parts: ExchangeParts = {}) =>
  makeExchange({
    method: "POST",
    url: "/v1/courses/c_1/launch",
    requestHeaders: { "idempotency-key": "key-1" },
    account: "alice",
    at: second === null ? null : start + second * 1000,
    entry: second ?? 0,
    ...parts,
  });
const failure = (status: number, code: string): ExchangeParts => ({
  status,
  body: { detail: { error: { type: "invalid_request_error", code, message: "No." } } },
});
const page = { headers: { "content-type": "text/html" }, body: "<html><hr><center>nginx</center></html>" };

it.each<[ExchangeParts, string]>([
  [{ status: 202 }, "done"],
  [{ status: 103 }, "passing"],
  [{ status: 303 }, "passing"],
  [failure(409, "already_launched"), "refused"],
  [failure(409, "key_busy"), "passing"],
  [failure(422, "key_reused"), "reuse"],
  [failure(404, "course_not_found"), "refused"],
  [{ status: 404, ...page }, "passing"],
  [{ status: 429, body: {} }, "passing"],
  [{ status: 500, body: {} }, "passing"],
])("an answer of %j is %s", (parts, outcome) => {
  const exchange = launch(0, parts);
  expect(outcomeOf(busy, exchange, busy.read(exchange))).toBe(outcome);
});

describe("a use", () => {
  const use = (parts: ExchangeParts & Partial<Pick<KeyUse, "outcome">> = {}) => {
    const exchange = launch(0, parts);
    return readKeyUse(plain, exchange, { outcome: parts.outcome ?? "done", blamesParam: false, on: exchange });
  };
  const anonymous = (parts: ExchangeParts) => ({ ...use(parts), account: undefined });

  it("is stored where it is done, or refused for good", () => {
    const stored = (contract: Contract, outcome: KeyUse["outcome"], status: number) =>
      contract.idempotency && isStored(contract.idempotency, { ...use({ status }), outcome });
    expect([stored(plain, "done", 202), stored(builtin, "done", 202)]).toEqual([true, true]);
    expect([stored(plain, "refused", 400), stored(builtin, "refused", 400)]).toEqual([true, false]);
    expect([stored(plain, "refused", 409), stored(busy, "refused", 409)]).toEqual([false, true]);
    expect(stored(busy, "reuse", 422)).toBe(false);
  });

  it("is one account's, or one capture's where no account is known", () => {
    expect([ofOneAccount(use(), use()), ofOneAccount(use(), use({ account: "bob" }))]).toEqual([true, false]);
    expect([ofOneAccount(anonymous({}), use()), ofOneAccount(use(), anonymous({}))]).toEqual([false, false]);
    expect(ofOneAccount(anonymous({}), anonymous({}))).toBe(true);
    expect(ofOneAccount(anonymous({ capture: "a" }), anonymous({ capture: "b" }))).toBe(false);
  });

  it("is one request's where that is known", () => {
    const unknown = use({ requestBodyState: "not-captured" });
    expect([ofOneRequest(use(), use()), ofOneRequest(unknown, unknown)]).toEqual([true, false]);
    expect(ofOneRequest(use(), use({ requestBody: { preset: "q" } }))).toBe(false);
  });

  it("names itself where the path names what the answer is about, or the answer nothing", () => {
    expect([use({ body: { id: "c_1" } }), use({ body: {} }), use({ body: { id: "run_1" } })].map((each) => each.namesItself)).toEqual([
      true,
      true,
      false,
    ]);
    expect(use({ headers: { location: "/v1/courses/c_1" } }).namesItself).toBe(true);
  });
});

describe("the uses of a key", () => {
  /** What was noted, and the pairs it makes with all that fits, by their entries. */
  async function note(exchanges: readonly Exchange[], concurrent = false) {
    const noted: (NotedUse | undefined)[] = [];
    const pairs: number[][] = [];
    const rule: Rule = {
      id: "test/uses",
      summary: "",
      severity: "error",
      needs: "session",
      advice: "",
      watch({ study }) {
        const uses = study(keyUses);
        return {
          exchange() {
            noted.push(uses.noted);
            if (uses.noted === undefined) return;
            for (const pair of uses.pairsOf(uses.noted, () => true, concurrent)) pairs.push(pair.map(({ moment }) => moment.origin.entry));
          },
        };
      },
    };
    const { unjudged } = await judgeExchanges(exchanges, plain, [rule]);
    expect(unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
    return { noted, pairs };
  }

  it.each<[string, ExchangeParts]>([
    ["an operation that needs no key", { url: "/v1/courses" }],
    ["an empty key", { requestHeaders: { "idempotency-key": " " } }],
    ["an answer that says nothing of the key", { status: 500, body: {} }],
  ])("are none of %s", async (_, parts) => {
    expect((await note([launch(0, parts)])).noted).toEqual([undefined]);
  });

  it("are eight, as witnesses", async () => {
    const { noted } = await note(Array.from({ length: 12 }, (_, second) => launch(second)));
    expect(noted.map((each) => each?.others.length)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8]);
    expect(noted.map((each) => each && "kind" in each.use.on)).toEqual([...Array(8).fill(true), ...Array(4).fill(false)]);
  });

  it("pair with the earliest, which stands for the key", async () => {
    expect((await note([launch(2), launch(1), launch(3)])).pairs).toEqual([
      [1, 2],
      [1, 3],
    ]);
    expect((await note([launch(1), launch(2), launch(3)])).pairs).toEqual([
      [1, 2],
      [1, 3],
    ]);
    expect((await note([launch(3), launch(2), launch(1)])).pairs).toEqual([
      [2, 3],
      [1, 2],
      [1, 3],
    ]);
  });

  it("pair by their order in one capture where a time is not known", async () => {
    const untimed = (entry: number, parts: ExchangeParts = {}) => launch(null, { entry, ...parts });
    expect((await note([untimed(1), untimed(2)])).pairs).toEqual([[1, 2]]);
    expect((await note([untimed(1), launch(2)])).pairs).toEqual([[1, 2]]);
    expect((await note([launch(1), untimed(2)])).pairs).toEqual([[1, 2]]);
    expect((await note([untimed(1), untimed(2, { capture: "b.har" })], true)).pairs).toEqual([]);
  });

  it("pair with what was under way at the same time, if asked for", async () => {
    const long = (second: number, took: number | null) => launch(second, { took });
    expect((await note([long(1, 5000), launch(2)])).pairs).toEqual([]);
    expect((await note([long(1, 5000), launch(2)], true)).pairs).toEqual([[1, 2]]);
    expect((await note([long(1, null), launch(2)], true)).pairs).toEqual([]);
    expect((await note([launch(2), launch(1)], true)).pairs).toEqual([[1, 2]]);
  });
});

describe("the identity of what an answer is about", () => {
  const identity = (parts: ExchangeParts) => identityOf(makeExchange(parts).response);

  it.each<[ExchangeParts, object]>([
    [{ body: { id: "a" } }, { id: "a" }],
    [{ body: { id: 7 } }, { id: "7" }],
    [{ body: { id: "", data: { id: "b" } } }, { id: "b" }],
    [{ body: { id: { a: 1 } } }, { id: undefined }],
    [{ body: '{"id"' }, { id: undefined }],
    [{ headers: { location: "/runs/1/?a=b" } }, { location: "/runs/1" }],
    [{ headers: { location: "/" } }, { location: undefined }],
    [{ headers: { location: "runs/1" } }, { location: undefined }],
  ])("of %j", (parts, expected) => {
    expect(identity(parts)).toEqual({ id: undefined, location: undefined, ...expected });
  });

  it("is compared by what both have", () => {
    const [one, same, other, none] = ["/a", "/a", "/b", undefined].map((location) => ({ id: undefined, location }));
    const compare = (a: typeof one, b: typeof one) => a && b && sameIdentity(a, b);
    expect([compare(one, same), compare(one, other)]).toEqual([true, false]);
    expect([compare(one, none), compare(none, one), compare(none, none)]).toEqual([undefined, undefined, undefined]);
  });
});

it("an empty key in a body is known to be empty, whatever the capture shows of the header", async () => {
  const contract = await contractWith("key: {pointer: /key}");
  expect(absentKey(contract, launch(0, { requestHeaders: {}, requestBody: '{"key":""}' }))).toMatchObject({ empty: true });
  expect(absentKey(contract, launch(0, { requestHeaders: {}, requestBody: '{"a":""}' }))).toBe("unknown");
});
