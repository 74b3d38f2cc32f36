import { describe, expect, it } from "vitest";
import { envelope } from "../../rules/envelope/index.ts";
import { pairing } from "../../rules/pairing/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
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

const contractOf = (text: string) => parseContract(`envelint: 1\ntitle: t\n${text}`, { file: "t.yaml" });

const listing = await contractOf(`envelopes:
  list: {pointer: /errors, array: all, members: {type: /type, code: /code}}
errors: [{name: any, status: 400, type: known, code: [one, two]}]`);

describe("a list of errors", () => {
  const list = (...errors: object[]): ExchangeParts => ({ status: 400, body: { errors } });

  it("is judged element by element, and told by cause", async () => {
    const { findings } = await judge(
      list({ type: "known", code: "one" }, { type: "known", code: "uno" }, { type: "known", code: "uno" }, { type: "x" }),
      listing,
    );
    expect(findings.map(({ rule, note, count }) => [rule, note, count]).sort()).toEqual([
      ["pairing/code-mismatch", "unknown", 2],
      ["pairing/type-mismatch", "unknown", 1],
    ]);
  });
});

const contract = await contractOf(`envelopes:
  api: {members: {code: /code}}
  edge: {when: {status: 503}, intermediary: true}
errors:
  - {name: one, status: 401, code: one, headers: {X-Id: {required: true}, Set-Cookie: {required: true}, X-One: {required: true}}}
  - {name: two, status: 401, code: two, headers: {x-id: {required: true}, set-cookie: {required: true}}}
  - {name: edge, status: 503, envelope: edge, headers: {X-Id: {required: true}}}`);

describe("pairing/header-missing", () => {
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

const told = async (parts: ExchangeParts, text: string) => {
  const { findings } = await judge(parts, await contractOf(text));
  return findings.filter(({ rule }) => rule.startsWith("pairing/")).map(({ rule, note, message }) => [`${rule} ${note}`, message]);
};
const bare = (status: number, body: Record<string, unknown>): ExchangeParts => ({ status, body });

describe("a status that no row has", () => {
  it("belongs to the row with that pattern, and not to one of another type", async () => {
    expect((await judge(error(418, "rate_limit_error", "retry_after_3"))).names).toEqual(["pairing/status-undocumented elsewhere"]);
    expect((await judge(error(418, "server_error", "course_not_found"))).names).toEqual(["pairing/status-undocumented undocumented"]);
  });

  it("is held against the answer's own envelope, or against all rows where that has none", async () => {
    const own = `envelopes:
  api: {members: {code: /code}}
  other: {when: {status: [401, 418], mediaTypes: [application/json]}, members: {code: /code}}
errors: [{name: a, status: 400, code: a}`;
    expect(await told(bare(418, { code: "x" }), `${own}, {name: b, status: 401, envelope: other, code: b}]`)).toEqual([
      ["pairing/status-undocumented undocumented", "The contract documents no 418 error: its errors are 401."],
    ]);
    expect(await told(bare(418, { code: "x" }), `${own}]`)).toEqual([
      ["pairing/status-undocumented undocumented", "The contract documents no 418 error: its errors are 400."],
    ]);
  });

  it("is no matter where it is a redirection, but is where it is a success", async () => {
    const text = `envelopes: {api: {when: {status: [200, 302, 400], body: {required: [code]}}, members: {code: /code}}}
errors: [{name: a, status: 400, code: a}]`;
    expect(await told(bare(302, { code: "x" }), text)).toEqual([]);
    expect(await told(bare(200, { code: "x" }), text)).toEqual([["pairing/status-undocumented undocumented", expect.any(String)]]);
  });
});

describe("a type that its status may not have", () => {
  it.each<[string, string, string, string]>([
    ["one that no row names, where any goes", "[{name: a, status: 400}, {name: z, status: 500}]", "x", "unknown"],
    [
      "one of a row with a pattern",
      '[{name: a, status: 400, type: a}, {name: z, status: 500, type: {pattern: "^x"}}]',
      "x",
      "wrong-for-status",
    ],
    ["one that is listed, and stands in no row", "[{name: a, status: 400, type: a}, {name: z, status: 500}]", "c", "wrong-for-status"],
    ["one that is not listed, beside a row of any", "[{name: a, status: 400, type: a}, {name: z, status: 500}]", "x", "unknown"],
  ])("%s", async (name, rows, type, note) => {
    const types = name.includes("pattern") ? "" : "types: [a, b, c]\n";
    const found = await told(bare(400, { type }), `${types}envelopes: {api: {members: {type: /type}}}\nerrors: ${rows}`);
    expect(found.map(([id]) => id)).toEqual([`pairing/type-mismatch ${note}`]);
  });

  it("is told with the types there are, where any of them goes", async () => {
    const { findings } = await judge(
      bare(400, { type: "x" }),
      await contractOf("types: [a, b, c]\nenvelopes: {api: {members: {type: /type}}}\nerrors: [{name: a, status: 400}]"),
    );
    expect(findings.flatMap(({ rule, samples }) => (rule.startsWith("pairing") ? samples.map(({ expected }) => expected) : []))).toEqual([
      "a, b or c",
    ]);
  });
});

describe("an answer whose body is not captured", () => {
  it.each(["type", "code", "param"])("is not refused by a %s in its header alone", async (role) => {
    const text = `envelopes: {api: {members: {${role}: {header: X-Role}}}}\nerrors: [{name: a, status: 400, ${role}: a}]`;
    expect(await told({ status: 400, headers: { "X-Role": "b" }, bodyState: "not-captured" }, text)).toEqual([]);
  });
});

describe("a code or param that its row may not have", () => {
  const envelopes = "envelopes: {api: {members: {code: /code, param: /param}}}";
  it("is the envelope's matter where it is of the wrong kind", async () => {
    expect((await judge(error(429, "rate_limit_error", []))).names).toEqual(["envelope/malformed wrong-type"]);
    expect(await told(bare(400, { param: [] }), `${envelopes}\nerrors: [{name: a, status: 400, param: a}]`)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string, string[]]>([
    [
      "of another operation's row",
      { code: "y" },
      "[{name: a, status: 400, code: x, operations: [op]}]",
      ["pairing/code-mismatch unknown", 'The 400 has the code "y", which is none of its codes (x); the nearest is x.'],
    ],
    [
      "of digits",
      { code: "abc" },
      '[{name: a, status: 400, code: {pattern: "^[0-9]+$"}}]',
      ["pairing/code-mismatch unknown", expect.any(String)],
    ],
    [
      "of another envelope",
      { code: "y" },
      "[{name: a, status: 400, code: x}, {name: z, status: 418, envelope: other, code: y}]",
      ["pairing/code-mismatch unknown", expect.any(String)],
    ],
    ["forbidden", { param: "y" }, "[{name: a, status: 400, param: false}]", ["pairing/param-mismatch forbidden", expect.any(String)]],
    ["unknown", { param: "y" }, "[{name: a, status: 400, param: x}]", ["pairing/param-mismatch unknown", expect.any(String)]],
  ])("%s", async (_, body, rows, found) => {
    const more = rows.includes("other") ? envelopes.replace("}}}", "}}, other: {when: {status: 418}, members: {code: /code}}}") : envelopes;
    expect(await told(bare(400, body), `operations: {op: GET /op}\n${more}\nerrors: ${rows}`)).toEqual([found]);
  });
});

describe("pairing/wrong-operation", () => {
  const text = (rows: string, members = "{type: /type, code: /code}") => `operations: {op: "* /v1/courses/{id}"}
envelopes: {api: {members: ${members}}, other: {when: {status: 418}, members: {type: /type, code: /code}}}
errors:
  - {name: plain, status: 404, ${members === "{}" ? "" : "code: false, "}operations: [other]}
${rows}`;

  it("offers only codes that the answer could have had", async () => {
    const rows = `  - {name: elsewhere, status: [404, 418], envelope: other, type: t, code: e}
  - {name: failed, status: 500, type: t, code: s}
  - {name: strange, status: 404, type: u, code: c}`;
    expect(await told(bare(404, { type: "t" }), text(rows))).toEqual([
      ["pairing/wrong-operation foreign", "op answered with 404 t, which the contract keeps for undeclared operations."],
    ]);
  });

  it("speaks of an error without a type, and of one without an object", async () => {
    const sentence = "op answered with 404, which the contract keeps for undeclared operations.";
    expect(await told(bare(404, { code: null, type: null }), text("", "{code: /code}"))).toEqual([
      ["pairing/wrong-operation foreign", sentence],
    ]);
    expect(await told({ status: 404, body: null }, text("", "{}"))).toEqual([["pairing/wrong-operation foreign", sentence]]);
  });
});

describe("headers that rows demand", () => {
  const rows = `envelopes: {api: {pointer: [/errors], array: all, members: {code: /code}}}
errors:
  - {name: one, status: 401, code: one, headers: {X-Id: {required: true, schema: {const: a}}, Set-Cookie: {schema: {const: a}}}}
  - {name: two, status: 401, code: two, headers: {X-Id: {required: true}}}`;
  const whole = { body: { errors: [{ code: "one" }, { code: "one" }] }, status: 401 };

  it("are told once an answer, with what was expected", async () => {
    const { findings } = await judge(whole, await contractOf(rows));
    expect(findings).toMatchObject([{ count: 1, note: "missing", samples: [{ expected: "header X-Id" }] }]);
    const wrong = await judge({ ...whole, headers: { "X-Id": "b", "Set-Cookie": "b" } }, await contractOf(rows));
    expect(wrong.findings.map(({ note, count }) => [note, count])).toEqual([
      ["wrong", 1],
      ["wrong", 1],
    ]);
    expect(wrong.findings[0]?.samples[0]?.expected).toMatch(/^must/);
  });

  it("are wrong only if no row that is left takes them", async () => {
    expect((await judge({ status: 401, bodyState: "not-captured", headers: { "X-Id": "b" } }, await contractOf(rows))).names).toEqual([]);
  });

  it("are not demanded of a gateway", async () => {
    const page = { status: 401, headers: { "Content-Type": "text/html" }, body: "<center>nginx</center>" };
    expect((await judge(page, await contractOf(rows))).names).toEqual(["envelope/gateway-answer answered"]);
  });
});

describe("what the contract refuses is served", () => {
  const probed = (aims: readonly string[], parts: ExchangeParts = {}): ExchangeParts => ({
    method: "POST",
    url: "/v1/courses",
    requestBody: "[]",
    status: 201,
    body: { id: "crs_1" },
    probe: { id: "body/array", live: true, aims },
    ...parts,
  });

  it("names the row that was aimed at, or none of several", async () => {
    const [one] = (await judge(probed(["invalid-request"]))).findings;
    expect(one).toMatchObject({ rule: "pairing/refusal-missing", row: "invalid-request" });
    const [several] = (await judge(probed(["invalid-request", "course-not-found"]))).findings;
    expect(several).toMatchObject({ rule: "pairing/refusal-missing", row: null });
    expect(several?.samples[0]?.expected).toBe("400 invalid-request or 404 course-not-found");
  });

  it.each([
    ["a redirect of a read", probed(["invalid-request"], { method: "GET", status: 303 })],
    ["one that asks for the same again", probed(["invalid-request"], { status: 307 })],
    ["one that is not modified", probed(["invalid-request"], { status: 304 })],
    ["a mere beginning", probed(["invalid-request"], { status: 100 })],
  ])("%s serves nothing", async (_, parts) => {
    expect((await judge(parts)).names).not.toContain("pairing/refusal-missing served");
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("a %s that leads elsewhere has acted", async (method) => {
    for (const status of [302, 303])
      expect((await judge(probed(["invalid-request"], { method, status }))).names).toContain("pairing/refusal-missing served");
  });

  it("an error may have the status of a success, where the contract says so", async () => {
    const slack = await loadContract("builtin:slack");
    const refused = probed(["auth", "call-failed"], {
      url: "/api/chat.postMessage",
      status: 200,
      body: { ok: false, error: "invalid_json" },
    });
    expect((await judge(refused, slack)).names).not.toContain("pairing/refusal-missing served");
    expect((await judge({ ...refused, body: { ok: true } }, slack)).names).toEqual(["pairing/refusal-missing served"]);
  });
});
