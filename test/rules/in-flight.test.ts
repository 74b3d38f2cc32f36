import { expect, it, test } from "vitest";
import { inFlightMisanswered } from "../../rules/idempotency/in-flight-misanswered.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const contractOf = (keys: string) =>
  parseContract(
    `envelint: 1
title: t
extends: builtin:course-api
envelopes: { firewall: { when: { status: [400, 500], mediaTypes: [text/html] }, intermediary: true } }
errors:
  - { name: key-busy, status: 409, type: invalid_request_error, code: key_busy }
  - { name: blocked, status: [400, 500], envelope: firewall }
${keys}`,
    { file: "t.yaml" },
  );
const declared = contractOf("idempotency: { operations: { launchCourse: required }, inFlight: key-busy }");
const silent = contractOf("idempotency: { operations: { launchCourse: required } }");

const start = Date.UTC(2026, 0, 5, 12);
const launch = (entry: number, parts: ExchangeParts = {}) =>
  makeExchange({
    entry,
    at: start,
    took: 100 + entry,
    method: "POST",
    url: "/v1/courses/c_1/launch",
    account: "alice",
    requestHeaders: { "idempotency-key": "k-1" },
    requestBody: { preset: "p" },
    status: 202,
    body: { id: "c_1" },
    probe: { id: "idem/concurrent", live: true },
    ...parts,
  });
const refusal = (status: number, code?: string): ExchangeParts => ({
  status,
  body: { detail: { error: { type: "invalid_request_error", ...(code && { code }), message: "No." } } },
});
const launched = refusal(409, "already_launched");
const page = (status: number): ExchangeParts => ({ status, headers: { "content-type": "text/html" }, body: "<html>Blocked</html>" });

async function tell(exchanges: readonly Exchange[], contract = declared) {
  const report = await judgeExchanges(exchanges, contract, [inFlightMisanswered]);
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  return report.findings.flatMap(({ note, row, samples }) => samples.map(({ entry, found }) => `${note} ${row} ${entry} ${found}`));
}

test.each<[string, ExchangeParts, ExchangeParts, string[]]>([
  ["the second is refused otherwise", {}, launched, ["misanswered key-busy 1 409"]],
  ["the first is refused otherwise", launched, {}, ["misanswered key-busy 0 409"]],
  ["the second makes it stumble", {}, refusal(500), ["crashed key-busy 1 500"]],
  ["the first makes it stumble", refusal(500), {}, ["crashed key-busy 0 500"]],
  ["both are done", {}, {}, []],
  ["none is done", launched, launched, []],
  ["the one is told that the other is at work", {}, refusal(409, "key_busy"), []],
  ["the body that says so was not captured", {}, { status: 409, bodyState: "not-captured" }, []],
  ["a limit answers", {}, refusal(429), []],
  ["somebody in front of the API answers", {}, page(500), []],
  ["somebody in front of the API refuses", {}, page(400), []],
  ["an upstream is away", {}, refusal(503), []],
  ["the first is sent elsewhere, and the second refused", { status: 307, body: null }, launched, []],
  ["the first is interim, and the second refused", { status: 103, body: null }, launched, []],
  ["it is another account's", {}, { ...launched, account: "bob" }, []],
  ["it is another request", {}, { ...launched, requestBody: { preset: "q" } }, []],
  ["it has another key", {}, { ...launched, requestHeaders: { "idempotency-key": "k-2" } }, []],
  ["neither has a key", { requestHeaders: { accept: "*/*" } }, { ...launched, requestHeaders: { accept: "*/*" } }, []],
  ["the request's body was not captured", { requestBodyState: "not-captured" }, { ...launched, requestBodyState: "not-captured" }, []],
  ["it came after the first was over", {}, { ...launched, at: start + 200 }, []],
  ["it is of one moment", { took: 0 }, { ...launched, took: 0 }, ["misanswered key-busy 1 409"]],
  ["nobody knows when it began", {}, { ...launched, at: null }, []],
  ["nobody knows when it ended", {}, { ...launched, took: null }, []],
  ["no probe was at work", { probe: { id: "x", live: false } }, { ...launched, probe: { id: "x", live: false } }, []],
])("where %s", async (_, first, second, findings) => {
  expect(await tell([launch(0, first), launch(1, second)])).toEqual(findings);
});

it("takes any refusal where none is promised, but no crash", async () => {
  expect(await tell([launch(0), launch(1, launched)], silent)).toEqual([]);
  expect(await tell([launch(0), launch(1, refusal(500))], silent)).toEqual(["crashed null 1 500"]);
});

it("says what was expected", async () => {
  const expectedOf = async (contract: typeof declared, second: ExchangeParts) =>
    (await judgeExchanges([launch(0), launch(1, second)], contract, [inFlightMisanswered])).findings[0]?.samples[0]?.expected;
  expect(await expectedOf(declared, refusal(500))).toBe("the first answer, or 409 key-busy");
  expect(await expectedOf(declared, launched)).toBe("the first answer, or 409 key-busy");
  expect(await expectedOf(silent, refusal(500))).toBe("the first answer, or a refusal");
});
