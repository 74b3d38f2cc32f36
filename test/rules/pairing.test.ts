import { describe, expect, it } from "vitest";
import { envelope } from "../../rules/envelope/index.ts";
import { pairing } from "../../rules/pairing/index.ts";
import { loadContract, parseContract } from "../../src/contract/load.ts";
import type { Contract } from "../../src/model/contract.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();

async function judge(parts: ExchangeParts | readonly ExchangeParts[], contract: Contract = builtin) {
  const exchanges = [parts].flat().map((each) => makeExchange(each));
  const report = await judgeExchanges(exchanges, contract, [...envelope, ...pairing]);
  expect(report.unjudged.filter((reason) => reason.includes("crashed"))).toEqual([]);
  return { names: report.findings.map(({ rule, note }) => `${rule} ${note}`).sort(), ...report };
}

const error = (status: number, type: unknown, code?: unknown): ExchangeParts => ({
  url: "/v1/courses",
  status,
  body: { error: { type, message: "It did not work.", ...(code !== undefined && { code }) } },
});

describe("the table, step by step", () => {
  it.each<[string, ExchangeParts, string[]]>([
    ["a documented error", error(429, "rate_limit_error", "retry_after_3"), []],
    ["status", error(418, "teapot"), ["pairing/status-undocumented undocumented"]],
    ["status, type of another", error(403, "authentication_error"), ["pairing/status-undocumented elsewhere"]],
    ["type", error(500, "internal"), ["pairing/type-mismatch unknown"]],
    ["type of another status", error(500, "quota_exceeded", "x"), ["pairing/type-mismatch wrong-for-status"]],
    ["type missing", error(500, undefined), ["envelope/malformed missing"]],
    ["type of the wrong kind", error(500, []), ["envelope/malformed wrong-type"]],
    ["code", error(429, "rate_limit_error", "slow"), ["pairing/code-mismatch unknown"]],
    ["code near a pattern", error(429, "rate_limit_error", "retry-after-3"), ["pairing/code-mismatch malformed"]],
    ["code near a pattern, cut", error(429, "rate_limit_error", "retry_after"), ["pairing/code-mismatch malformed"]],
    ["code of another row", error(409, "invalid_request_error", "retry_after_3"), ["pairing/code-mismatch reserved"]],
    ["code forbidden", error(500, "server_error", "boom"), ["pairing/code-mismatch forbidden"]],
    ["operation", error(404, "not_found_error"), []],
    ["no error object", { ...error(404, "x"), body: { detail: "Not Found" } }, ["envelope/missing framework"]],
    [
      "no error object, and another status",
      { status: 422, body: { detail: [] } },
      ["envelope/missing framework", "pairing/status-undocumented undocumented"],
    ],
    ["a masked resource", { ...error(403, "permission_error"), url: "/v1/courses/c_1" }, []],
    [
      "a gateway",
      { status: 503, headers: { "Content-Type": "text/html" }, body: "<center>nginx</center>" },
      ["envelope/gateway-answer answered"],
    ],
  ])("%s", async (_, parts, names) => {
    expect((await judge(parts)).names).toEqual(names);
  });

  it("keeps two undocumented statuses apart", async () => {
    const { findings } = await judge([error(403, "a"), error(418, "a"), error(418, "a")]);
    expect(findings.map(({ count, message }) => [message.slice(0, 35), count]).sort()).toEqual([
      ["The contract documents no 403 error", 1],
      ["The contract documents no 418 error", 2],
    ]);
  });

  it("names the row where only one was left", async () => {
    const { findings } = await judge(error(429, "quota_exceeded", "used_up"));
    expect(findings.map(({ rule, row }) => [rule, row])).toEqual([["pairing/code-mismatch", "quota-exceeded"]]);
  });
});

describe("a list of errors", async () => {
  const contract = await parseContract(
    `envelint: 1
title: t
envelopes:
  list: {pointer: /errors, array: all, members: {type: /type, code: /code}}
errors: [{name: any, status: 400, type: known, code: [one, two]}]
`,
    { file: "list.yaml" },
  );
  const list = (...errors: object[]): ExchangeParts => ({ status: 400, body: { errors } });

  it("is judged element by element, and told by cause", async () => {
    const { findings } = await judge(
      list({ type: "known", code: "one" }, { type: "known", code: "uno" }, { type: "known", code: "uno" }, { type: "x" }),
      contract,
    );
    expect(findings.map(({ rule, note, count }) => [rule, note, count]).sort()).toEqual([
      ["pairing/code-mismatch", "unknown", 2],
      ["pairing/type-mismatch", "unknown", 1],
    ]);
  });
});

describe("pairing/header-missing", async () => {
  const contract = await parseContract(
    `envelint: 1
title: t
envelopes:
  api: {members: {code: /code}}
  edge: {when: {status: 503}, intermediary: true}
errors:
  - {name: one, status: 401, code: one, headers: {X-Id: {required: true}, Set-Cookie: {required: true}, X-One: {required: true}}}
  - {name: two, status: 401, code: two, headers: {x-id: {required: true}, set-cookie: {required: true}}}
  - {name: edge, status: 503, envelope: edge, headers: {X-Id: {required: true}}}
`,
    { file: "headers.yaml" },
  );

  it("demands what all rows that are left demand", async () => {
    const { names, findings, coverage } = await judge({ status: 401, bodyState: "not-captured" }, contract);
    expect(names).toEqual(["pairing/header-missing missing"]);
    expect(findings[0]?.samples[0]?.place).toEqual({ kind: "header", name: "X-Id" });
    expect(coverage.notObservable).toContainEqual({
      rule: "pairing/header-missing",
      reason: "headers hidden from the capture tool",
      count: 1,
    });
  });

  it("judges a declared intermediary's headers", async () => {
    const { names } = await judge({ status: 503, headers: { "Content-Type": "text/html" }, body: "<p>Down</p>" }, contract);
    expect(names).toEqual(["envelope/gateway-answer declared", "pairing/header-missing missing"]);
  });

  it("knows header names in any case", async () => {
    const { names } = await judge(
      { status: 401, headers: { "x-ID": "1", "set-cookie": "a=b", "x-one": "1" }, body: { code: "one" } },
      contract,
    );
    expect(names).toEqual([]);
  });
});
