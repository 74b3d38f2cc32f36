import { describe, expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { contractOf, readError, tell } from "./kit.ts";

const builtin = await loadContract();

describe("what the body says is unknown, not absent,", () => {
  const unreadable: [string, ExchangeParts][] = [
    ["to HEAD", { method: "HEAD" }],
    ["when not captured", { bodyState: "not-captured" }],
    ["when truncated", { bodyState: "truncated", body: '{"error":{"type":"not' }],
  ];
  test.each(unreadable)("%s", (_, parts) => {
    const answer = readError(builtin, makeExchange({ ...parts, status: 404 }));
    expect(answer).toMatchObject({ readable: false, pointer: undefined, gateway: undefined });
    expect(answer.meetings).toMatchObject([{ kind: "open", rows: [{ name: "course-not-found" }, { name: "preset-not-found" }] }]);
    expect(tell(builtin, makeExchange({ ...parts, status: 401 }))).toBe("met unauthenticated");
    expect(tell(builtin, makeExchange({ ...parts, status: 418 }))).toMatch(/^refused status/);
  });

  test("but a role in the header is known", () => {
    const contract = contractOf(`
envelopes: {api: {members: {code: {header: x-code}, message: /message}}}
errors: [{name: a, status: 400, code: a}, {name: b, status: 400, code: [7, 8]}]`);
    expect(tell(contract, makeExchange({ method: "HEAD", status: 400, headers: { "X-Code": "a" } }))).toBe("met a");
    expect(tell(contract, makeExchange({ method: "HEAD", status: 400, headers: { "X-Code": "8" } }))).toBe("met b");
    expect(tell(contract, makeExchange({ method: "HEAD", status: 400 }))).toBe("refused code: a, b");
  });

  test("and the most specific row wins where it surely accepts", () => {
    const contract = contractOf(`
errors:
  - {name: limited, status: [403, 429], when: {headers: {x-left: "0"}}}
  - {name: forbidden, status: 403}`);
    expect(tell(contract, makeExchange({ method: "HEAD", status: 403, headers: { "x-left": "0" } }))).toBe("met limited");
    expect(tell(contract, makeExchange({ method: "HEAD", status: 403, headers: { "x-left": "9" } }))).toBe("met forbidden");
  });
});

describe("an error object that is not where it should be", () => {
  test.each<[string, ExchangeParts, string]>([
    ["no JSON", { status: 500, body: "Oops" }, "open server-error"],
    ["an empty body", { status: 500, headers: { "content-type": "application/json" } }, "open server-error"],
    ["another place", { status: 400, body: { errors: [{ type: "x" }] } }, "open invalid-request"],
    ["a list", { status: 400, body: { error: [{ type: "x", message: "y" }] } }, "open invalid-request"],
    ["no row", { status: 418, body: { error: "teapot" } }, "refused status: "],
  ])("%s leaves what the status says", (_, parts, expected) => {
    const answer = readError(builtin, makeExchange(parts));
    expect(answer).toMatchObject({ readable: true, pointer: undefined, gateway: undefined });
    expect(tell(builtin, makeExchange(parts)).startsWith(expected)).toBe(true);
  });

  test("one required member is enough to know it by, an optional one is not", () => {
    expect(readError(builtin, makeExchange({ status: 400, body: { error: { message: null, x: 1 } } })).pointer).toBe("/error");
    expect(readError(builtin, makeExchange({ status: 400, body: { error: { code: "x" }, message: "y" } })).pointer).toBe("");
  });
});

describe("envelopes", () => {
  const contract = contractOf(`
operations: {upload: POST /upload}
envelopes:
  api: {members: {code: /code, message: /message}, required: [code]}
  limited: {when: {status: 429}, members: {code: /error/code}}
  upload: {operations: [upload], pointer: /problem, members: {code: /code}}
  partial: {when: {status: 2XX, body: {required: [errors]}}, pointer: /errors, array: all, members: {code: /code}}
  edge: {when: {mediaTypes: [text/html], status: [502, 503]}, intermediary: true}
errors:
  - {name: any, status: [4XX, 5XX]}
  - {name: slow, status: 429, envelope: limited, code: slow}
  - {name: broken, status: 400, envelope: upload, code: true}
  - {name: one, status: 200, envelope: partial, code: one}
  - {name: two, status: 200, envelope: partial, code: two}
  - {name: edge-down, status: 503, envelope: edge}`);

  test.each<[string, ExchangeParts, string, string | undefined]>([
    ["the default", { status: 400, body: { code: "x" } }, "met any", "api"],
    ["by status", { status: 429, body: { error: { code: "slow" } } }, "met slow", "limited"],
    ["by operation", { status: 400, method: "POST", url: "/upload", body: { problem: { code: 1 } } }, "met broken", "upload"],
    [
      "of a success, each error by itself",
      { body: { errors: [{ code: "one" }, { code: "two" }, { code: "three" }] } },
      "met one | met two | refused code: one, two",
      "partial",
    ],
    [
      "of an intermediary, by status",
      { status: 503, body: "<p>Down</p>", headers: { "content-type": "text/html" } },
      "met edge-down",
      "edge",
    ],
    [
      "of an intermediary without a row of its own",
      { status: 502, body: "<p>Down</p>", headers: { "content-type": "text/html" } },
      "open any",
      "edge",
    ],
  ])("%s", (_, parts, expected, envelope) => {
    const exchange = makeExchange(parts);
    expect(tell(contract, exchange)).toBe(expected);
    expect(contract.read(exchange)?.envelope?.name).toBe(envelope);
  });

  test("a success without what makes it an error is none", () => {
    expect(contract.read(makeExchange({ body: { data: 1 } }))).toBeUndefined();
    expect(contract.read(makeExchange({ bodyState: "not-captured" }))).toBeUndefined();
    expect(contract.read(makeExchange({ status: 304 }))).toBeUndefined();
  });

  test("an intermediary is a gateway by its name", () => {
    expect(contract.read(makeExchange({ status: 503, headers: { "content-type": "text/html" } }))?.gateway).toBe("edge");
  });

  test("an error status that no envelope claims is an error all the same", () => {
    const narrowOne = contractOf(
      "envelopes: {api: {when: {mediaTypes: [application/problem+json]}, members: {message: /detail}}}\nerrors: [{name: bad, status: 400}]",
    );
    const answer = readError(narrowOne, makeExchange({ status: 400, body: { detail: "x" } }));
    expect(answer.envelope).toBeUndefined();
    expect(answer.meetings).toMatchObject([{ kind: "open", rows: [{ name: "bad" }] }]);
  });

  test("what a row asks of the request and the error", () => {
    const conditions = contractOf(`
envelopes: {api: {members: {message: /message}}}
errors:
  - {name: posted, status: 400, when: {request: {methods: [POST], headers: {x-a: "1"}, body: {required: [name]}}}}
  - {name: secondary, status: 400, when: {error: {properties: {message: {pattern: secondary}}, required: [message]}}}
  - {name: plain, status: 400}`);
    const post = { method: "POST", status: 400, requestHeaders: { "X-A": "1" }, body: { message: "x" } };
    expect(tell(conditions, makeExchange({ ...post, requestBody: { name: "n" } }))).toBe("met posted");
    expect(tell(conditions, makeExchange({ ...post, requestBody: { other: "n" } }))).toBe("met plain");
    expect(tell(conditions, makeExchange({ ...post, requestBodyState: "not-captured" }))).toBe("open posted, plain");
    expect(tell(conditions, makeExchange({ status: 400, body: { message: "secondary limit" } }))).toBe("met secondary");
  });
});

describe("roles", () => {
  const contract = contractOf(`
envelopes:
  api:
    pointer: /error
    members: {type: /type, message: [/detail, /title], requestId: ["#/id", {header: request-id}], param: /source/pointer}
    required: [type, message]
errors: [{name: any, status: 400, type: x}]`);
  const objectOf = (parts: ExchangeParts) => {
    const [meeting] = readError(contract, makeExchange({ status: 400, ...parts })).meetings;
    return meeting?.kind === "open" ? undefined : meeting?.object;
  };

  test("are read from the first source that is there, and say where", () => {
    const object = objectOf({
      body: { id: null, error: { type: "x", detail: null, title: "T", source: { pointer: "/a" } } },
      headers: { "Request-Id": "r", "content-type": "application/json" },
    });
    expect(object?.role("message")).toEqual({ value: "T", place: { kind: "body", pointer: "/error/title" } });
    expect(object?.role("requestId")).toEqual({ value: "r", place: { kind: "header", name: "request-id" } });
    expect(object?.role("param")).toEqual({ value: "/a", place: { kind: "body", pointer: "/error/source/pointer" } });
    expect(object?.role("code")).toBeUndefined();
    expect(objectOf({ body: { id: 7, error: { type: "x" } } })?.role("requestId")?.place).toEqual({ kind: "body", pointer: "/id" });
  });

  test("names of JavaScript's own mean nothing", () => {
    const odd = contractOf("envelopes: {api: {members: {code: /constructor}}}\nerrors: [{name: any, status: 400, code: false}]");
    expect(tell(odd, makeExchange({ status: 400, body: {} }))).toBe("open any");
    const named = contractOf("operations: {constructor: GET /a}\nerrors: [{name: toString, status: 400, operations: [constructor]}]");
    expect(tell(named, makeExchange({ url: "/a", status: 400, body: {} }))).toBe("met toString");
    expect(named.row("valueOf")).toBeUndefined();
  });
});

test("an envelope that promises nothing of the body has its body in place, whatever it is", () => {
  const contract = contractOf("errors: [{name: any, status: 429, retryAfter: required}]");
  const exchange = makeExchange({ status: 429, body: "slow down", headers: { "content-type": "text/plain" } });
  expect(tell(contract, exchange)).toBe("met any");
  expect(contract.read(exchange)?.pointer).toBe("");
});

test("closed types refuse what is not on the list, open ones do not", () => {
  const text = "envelopes: {api: {members: {type: /type}}}\nerrors: [{name: a, status: 400, type: a}, {name: rest, status: [400, 404]}]";
  const exchange = makeExchange({ status: 400, body: { type: "b" } });
  expect(tell(contractOf(text), exchange)).toBe("refused type: a, rest");
  expect(tell(contractOf(`openTypes: true\n${text}`), exchange)).toBe("met rest");
});

test("a header's duty reads text as the number its schema asks for", () => {
  const contract = contractOf(
    "errors: [{name: a, status: 429, headers: {X-Left: {required: true, schema: {type: integer, minimum: 1}}, X-Any: {}}}]",
  );
  const [left, any] = contract.row("a")?.headers ?? [];
  expect(left?.fault("5")).toBeUndefined();
  expect(left?.fault("0")).toBe("must be >= 1");
  expect(left?.fault("soon")).toBe("must be integer");
  expect(any).toMatchObject({ required: false });
  expect(any?.fault("")).toBeUndefined();
});

test("an answer that nobody could write in an audit's time is still read", () => {
  const url = `/v1/courses/${"x/".repeat(100_000)}launch`;
  const started = performance.now();
  expect(builtin.operationsOf(makeExchange({ url, method: "POST" }).request).map(({ name }) => name)).toEqual(["anyCourse"]);
  builtin.resourcesOf(makeExchange({ url: `/courses/${"x".repeat(10_000_000)}` }).request);
  expect(performance.now() - started).toBeLessThan(2000);
});

test("which envelope it is may be unknown: then the rows of each are left", () => {
  const contract = contractOf(`
envelopes:
  api: {members: {code: /code}}
  newer: {when: {body: {required: [errors]}}, pointer: /errors, array: first, members: {code: /code}}
errors: [{name: old, status: 400}, {name: new, status: [400, 409], envelope: newer}]`);
  expect(tell(contract, makeExchange({ method: "HEAD", status: 400 }))).toBe("open old, new");
  expect(tell(contract, makeExchange({ method: "HEAD", status: 409 }))).toBe("open new");
  expect(tell(contract, makeExchange({ method: "HEAD", status: 404 }))).toBe("refused status: old, new");
  expect(tell(contract, makeExchange({ status: 400, body: { errors: [{ code: 1 }, { code: 2 }] } }))).toBe("met new");
});

test("an envelope may be known by its error object", () => {
  const contract = contractOf(`
envelopes:
  api: {members: {code: /code}}
  legacy: {when: {error: {required: [fault]}}, pointer: /error, members: {code: /fault}}
errors: [{name: any, status: 400}, {name: legacy, status: 400, envelope: legacy}]`);
  expect(tell(contract, makeExchange({ status: 400, body: { error: { fault: 1 } } }))).toBe("met legacy");
  expect(tell(contract, makeExchange({ status: 400, body: { code: 1 } }))).toBe("met any");
  expect(tell(contract, makeExchange({ status: 400, body: "no JSON" }))).toBe("open any");
});

test("a whole path may be the masked resource, and any status the one that admits it", () => {
  const contract = contractOf(`
operations: {project: "GET /projects/{id}"}
errors: [{name: denied, status: 403}]
masking:
  - {resource: anything, operations: ["*"], answer: denied, never: [404]}
  - {resource: project, parameter: id, operations: [project], answer: denied, never: [404]}
  - {resource: rest, operations: [other], answer: denied, never: [410]}`);
  const ids = (url: string) => contract.resourcesOf(makeExchange({ url }).request).map(({ masking, id }) => `${masking.resource} ${id}`);
  expect(ids("/projects/7")).toEqual(["anything /projects/7", "project 7"]);
  expect(ids("/users")).toEqual(["anything /users", "rest /users"]);
  const reveals = (url: string, status: number) => contract.read(makeExchange({ url, status, body: {} }))?.reveals?.resource;
  expect([reveals("/projects/7", 404), reveals("/users", 404), reveals("/users", 410), reveals("/users", 403)]).toEqual([
    "project",
    "anything",
    "rest",
    undefined,
  ]);
});

test("without types, an error in a success is known by its code", () => {
  const contract = contractOf(
    "envelopes: {api: {members: {code: /code, message: [/detail, /title], status: /status}, required: [code]}}\nerrors: [{name: a, status: 400, code: a}]",
  );
  const find = (body: Record<string, unknown>) => contract.findErrors(makeExchange({ body }).response.body)?.pointer;
  expect([
    find({ code: "a", title: "x" }),
    find({ code: "b" }),
    find({ code: "a", status: "4x" }),
    find({ code: "a", status: "400" }),
  ]).toEqual(["", undefined, undefined, ""]);
  const none = contractOf("envelopes: {api: {members: {message: /message}}}\nerrors: [{name: a, status: 400}]");
  expect(none.findErrors(makeExchange({ body: { message: "x" } }).response.body)).toBeUndefined();
});
