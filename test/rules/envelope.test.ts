import { describe, expect, it } from "vitest";
import { envelope } from "../../rules/envelope/index.ts";
import { loadContract, parseContract } from "../../src/contract/load.ts";
import type { Contract } from "../../src/model/contract.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const good = { type: "not_found_error", code: "course_not_found", message: "No such course." };

async function judge(parts: ExchangeParts | readonly ExchangeParts[], contract: Contract = builtin) {
  const exchanges = [parts].flat().map((each) => makeExchange({ status: 404, ...each }));
  const report = await judgeExchanges(exchanges, contract, envelope);
  expect(report.unjudged.filter((reason) => reason.includes("crashed"))).toEqual([]);
  return { names: report.findings.map(({ rule, note }) => `${rule} ${note}`).sort(), ...report };
}

describe("one cause, one finding", () => {
  it.each<[string, ExchangeParts, string[]]>([
    ["a framework's page", { headers: { "Content-Type": "text/html" }, body: "<pre>Cannot GET /v1</pre>" }, ["envelope/not-json html"]],
    [
      "a gateway's page",
      { status: 502, headers: { "Content-Type": "text/html" }, body: "<center>nginx</center>" },
      ["envelope/gateway-answer answered"],
    ],
    ["no body", { body: null }, ["envelope/missing empty"]],
    ["blanks for a body", { headers: { "Content-Type": "application/json" }, body: " \n" }, ["envelope/missing empty"]],
    ["XML", { headers: { "Content-Type": "application/xml" }, body: "<error/>" }, ["envelope/content-type differs"]],
    ["a scalar", { headers: { "Content-Type": "application/json" }, body: '"Not found"' }, ["envelope/missing absent"]],
    [
      "another label and another body",
      { headers: { "Content-Type": "text/plain" }, body: '{"detail":"Not Found"}' },
      ["envelope/missing framework"],
    ],
    [
      "a truncated body",
      { headers: { "Content-Type": "application/json" }, body: '{"err', bodyState: "truncated" },
      ["envelope/not-json cut"],
    ],
    ["a type of the wrong kind", { body: { error: { ...good, type: {} } } }, ["envelope/malformed wrong-type"]],
  ])("%s", async (_, parts, names) => {
    expect((await judge(parts)).names).toEqual(names);
  });
});

describe("what cannot be known", () => {
  it("is counted: body not captured", async () => {
    const { names, coverage } = await judge({ headers: { "Content-Type": "application/json" }, bodyState: "not-captured" });
    expect(names).toEqual([]);
    expect(coverage.notObservable).toContainEqual({ rule: "envelope/missing", reason: "body not captured", count: 1 });
  });

  it("is not an answer to HEAD, which has no body to hide", async () => {
    const { names, coverage } = await judge({ method: "HEAD", headers: { "Content-Type": "application/json" } });
    expect(names).toEqual([]);
    expect(coverage.notObservable).toEqual([]);
  });

  it("is an unlisted media type whose body the capture does not hold", async () => {
    const { names } = await judge({ headers: { "Content-Type": "text/html" }, bodyState: "not-captured" });
    expect(names).toEqual([]);
  });
});

describe("envelopes that promise no JSON", async () => {
  const contract = await parseContract(
    `envelint: 1
title: t
envelopes:
  limited: {mediaTypes: ['*/*']}
errors: [{name: limited, status: 4XX}]
`,
    { file: "limited.yaml" },
  );

  it.each<[ExchangeParts]>([[{ headers: { "Content-Type": "text/plain" }, body: "slow down" }], [{ body: null }]])(
    "take any body: %j",
    async (parts) => {
      expect((await judge(parts, contract)).names).toEqual([]);
    },
  );
});

describe("envelopes with lists, headers and schemas", async () => {
  const contract = await parseContract(
    `envelint: 1
title: t
envelopes:
  list:
    pointer: /errors
    array: all
    members: {type: /type, message: /message, status: /status, requestId: {header: Request-Id}}
    required: [type, message, requestId]
errors: [{name: any, status: 4XX, type: [a, b]}]
`,
    { file: "list.yaml" },
  );
  const headers = { "Content-Type": "application/json", "Request-Id": "r" };

  it("tell a fault of two elements once", async () => {
    const { findings } = await judge({ headers, body: { errors: [{ type: "a" }, { type: "b" }] } }, contract);
    expect(findings.map(({ message, count }) => [message, count])).toEqual([
      ['The error has no member "message", which the contract requires.', 2],
    ]);
  });

  it("name a missing header", async () => {
    const { findings } = await judge({ body: { errors: [{ type: "a", message: "No." }] } }, contract);
    expect(findings.map(({ message }) => message)).toEqual(["The error has no header Request-Id, which the contract requires."]);
    expect(findings[0]?.samples[0]?.place).toEqual({ kind: "header", name: "Request-Id" });
  });

  it("compare the status of each element", async () => {
    const { names } = await judge(
      {
        headers,
        body: {
          errors: [
            { type: "a", message: "No.", status: "404" },
            { type: "a", message: "No.", status: 400 },
          ],
        },
      },
      contract,
    );
    expect(names).toEqual(["envelope/status-disagrees differs"]);
  });
});

describe("envelope/location-varies", () => {
  it("tells each operation of the minority once", async () => {
    const at = (url: string, body: object): ExchangeParts => ({ url, body: body as Record<string, unknown> });
    const { findings } = await judge([
      ...[1, 2, 3, 4].map((n) => at(`/v1/courses/c_${n}`, { error: good })),
      at("/v1/courses/c_5", good),
      at("/v1/presets/p_1", { ...good, code: "preset_not_found" }),
      at("/v1/presets/p_2", { ...good, code: "preset_not_found" }),
    ]);
    expect(findings.map(({ operation, message, count }) => [operation, message, count]).sort()).toEqual([
      ["anyCourse", "3 of 7 errors put the error object at the body's root; most have it at /error.", 1],
      ["anyPreset", "3 of 7 errors put the error object at the body's root; most have it at /error.", 1],
    ]);
  });
});

describe("envelope/param-unknown", () => {
  const answer = (param: string, message = "It is out of range."): ExchangeParts => ({
    status: 400,
    body: { error: { type: "invalid_request_error", message, param } },
  });

  it.each<[string, ExchangeParts]>([
    [
      "a form",
      { requestHeaders: { "Content-Type": "application/x-www-form-urlencoded" }, requestBody: "a=1&user%5Bage%5D=x", ...answer("age") },
    ],
    ["a header", { requestHeaders: { "X-Page-Size": "0" }, ...answer("x-page-size") }],
    [
      "a body that is no JSON",
      { method: "POST", requestHeaders: { "Content-Type": "multipart/form-data" }, requestBody: "--x", ...answer("age") },
    ],
    ["a deep member", { method: "POST", requestBody: { a: [{ b: { theAge: 1 } }] }, ...answer("/a/0/b/the_age") }],
    ["an absent one", { method: "POST", requestBody: {}, ...answer("age", "Field must be provided.") }],
    ["blanks", { method: "POST", requestBody: {}, ...answer("  ") }],
  ])("finds or excuses %s", async (_, parts) => {
    expect((await judge(parts)).names).toEqual([]);
  });

  it("blames the rest, at note", async () => {
    const { findings } = await judge({ method: "POST", requestBody: { a: 1 }, ...answer("age") });
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([["envelope/param-unknown", "note"]]);
  });
});
