import { describe, expect, it } from "vitest";
import { envelope } from "../../rules/envelope/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
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

const contractOf = (text: string) => parseContract(`envelint: 1\ntitle: t\n${text}`, { file: "t.yaml" });
const unjudged = ({ coverage }: Awaited<ReturnType<typeof judge>>) => coverage.notObservable.map(({ rule }) => rule).sort();
const json = { "Content-Type": "application/json" };

const bodiless = await contractOf(`envelopes: {limited: {mediaTypes: ['*/*']}}
errors: [{name: limited, status: 4XX}]`);

describe("envelopes that promise no JSON", () => {
  it.each<[ExchangeParts]>([[{ headers: { "Content-Type": "text/plain" }, body: "slow down" }], [{ body: null }]])(
    "take any body: %j",
    async (parts) => {
      expect((await judge(parts, bodiless)).names).toEqual([]);
    },
  );
});

const contract = await contractOf(`envelopes:
  list:
    pointer: /errors
    array: all
    members: {type: /type, message: /message, status: /status, requestId: {header: Request-Id}}
    required: [type, message, requestId]
errors: [{name: any, status: 4XX, type: [a, b]}]`);

describe("envelopes with lists, headers and schemas", () => {
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

describe("what is not an answer of the API's own", () => {
  const kong = '{"message":"no Route matched with those values","message":"no Route matched with those values"}';
  it.each<[string, ExchangeParts]>([
    ["no body from behind a gateway", { status: 503, body: null }],
    ["a gateway's JSON", { headers: json, body: kong }],
    ["a gateway's XML", { status: 503, headers: { "Content-Type": "application/xml" }, body: "<down/>" }],
  ])("is left alone: %s", async (_, parts) => {
    expect((await judge(parts)).names).toEqual(["envelope/gateway-answer answered"]);
  });

  it("hides nothing where the contract promises nothing of its body", async () => {
    const contract = await contractOf(`envelopes:
  api: {pointer: [/error, ""], members: {code: /code}, required: [code]}
  edge:
    when: {status: 503}
    intermediary: true
    mediaTypes: [text/plain]
    pointer: [/a, /b]
    members: {status: /status, param: /param}
errors: [{name: any, status: 4XX, code: true}, {name: edge, status: 503, envelope: edge}]`);
    const report = await judge({ status: 503, headers: json, bodyState: "not-captured" }, contract);
    expect([report.names, unjudged(report)]).toEqual([["envelope/gateway-answer declared"], []]);
  });

  it.each<[string, ExchangeParts]>([
    ["JSON", { status: 400, body: { a: 1 } }],
    ["text", { status: 400, body: "No." }],
    ["HTML", { status: 400, headers: { "Content-Type": "text/html" }, body: "<html>" }],
    ["no body", { status: 400, headers: { "Content-Type": "text/html" } }],
  ])("is left alone where no envelope claims it: %s", async (_, parts) => {
    const contract = await contractOf(`envelopes:
  api: {when: {status: 404}, pointer: [/error, ""], members: {code: /code, status: /status, param: /param}, required: [code]}
errors: [{name: any, status: 404, code: true}]`);
    expect((await judge(parts, contract)).names).toEqual([]);
  });
});

describe("what the capture hides", () => {
  it("is not told of an answer that no envelope claims", async () => {
    const contract = await contractOf(`envelopes: {api: {when: {status: 404}, members: {code: /code}, required: [code]}}
errors: [{name: any, status: 404, code: true}]`);
    expect(unjudged(await judge({ status: 400, headers: json, bodyState: "not-captured" }, contract))).toEqual([
      "envelope/duplicate-member",
    ]);
  });

  const hidden = { headers: json, bodyState: "not-captured" } as const;
  it("is told by each rule that would have looked", async () => {
    expect(unjudged(await judge(hidden))).toEqual([
      "envelope/duplicate-member",
      "envelope/extra-member",
      "envelope/location-varies",
      "envelope/malformed",
      "envelope/missing",
      "envelope/not-json",
      "envelope/param-unknown",
    ]);
    expect(unjudged(await judge({ ...hidden, headers: { "Content-Type": "text/html" } }))).toContain("envelope/content-type");
    const found = await judge({ ...hidden, bodyState: "truncated", headers: json, body: '{"a":' });
    expect(unjudged(found)).toContain("envelope/missing");
    expect(unjudged(await judge({ body: { error: good } }))).toEqual([]);
  });

  it("is not told by a rule that the contract gives nothing to look for", async () => {
    const contract = await contractOf(`envelopes: {api: {pointer: /error, members: {code: /code}, required: [code]}}
errors: [{name: any, status: 4XX, code: true}]`);
    expect(unjudged(await judge(hidden, contract))).toEqual([
      "envelope/duplicate-member",
      "envelope/extra-member",
      "envelope/malformed",
      "envelope/missing",
      "envelope/not-json",
    ]);
    const status = await contractOf(`envelopes: {api: {pointer: /error, members: {code: /code, status: /status}, required: [code]}}
errors: [{name: any, status: 4XX, code: true}]`);
    expect(unjudged(await judge(hidden, status))).toContain("envelope/status-disagrees");
    expect(unjudged(await judge(hidden, bodiless))).not.toContain("envelope/missing");
  });

  it("is no body of an answer to HEAD, whatever the capture tool put there", async () => {
    expect((await judge({ method: "HEAD", body: "<html>", headers: { "Content-Type": "text/html" } })).names).toEqual([]);
  });
});

describe("envelope/not-json and envelope/missing", () => {
  it("advise as the framework demands that wrote the body", async () => {
    const page = { headers: { "Content-Type": "text/html" }, body: "<pre>Cannot GET /v1</pre>" };
    const { findings } = await judge([page, { body: { detail: "Not Found" } }, { status: 400, body: null }]);
    expect(findings.map(({ rule, note, severity, subject, advice }) => [`${rule} ${note} ${severity} ${subject}`, advice]).sort()).toEqual([
      ["envelope/missing empty error server", expect.stringContaining("Send the error object")],
      ["envelope/missing framework error server", expect.stringContaining("starlette's HTTPException")],
      ["envelope/not-json html error server", expect.stringContaining("Add a last route")],
    ]);
    expect(findings.flatMap(({ note, samples }) => (note === "empty" ? [] : samples.map(({ found }) => found)))).not.toContain("no body");
    expect(findings.find(({ note }) => note === "empty")?.samples[0]?.found).toBe("no body");
  });

  it("blame the capture for a body that it cut", async () => {
    const { findings } = await judge({ headers: json, body: '{"err', bodyState: "truncated" });
    expect(findings).toMatchObject([
      { note: "cut", severity: "note", subject: "capture", advice: expect.stringContaining("Capture again") },
    ]);
  });

  it("look for no object that need hold nothing", async () => {
    const contract = await contractOf(`envelopes: {api: {pointer: /error, members: {code: /code}}}
errors: [{name: any, status: 4XX, code: true}]`);
    expect((await judge({ body: { a: 1 } }, contract)).names).toEqual(["envelope/missing absent"]);
  });

  it.each(["null", "[]", "[null]", '{"a":null}'])("find nothing in %s", async (body) => {
    expect((await judge({ headers: json, body })).names).toEqual(["envelope/missing absent"]);
  });

  it("find the object in the first element of a list", async () => {
    expect((await judge({ headers: json, body: { errors: [good] } })).names).toEqual(["envelope/missing elsewhere"]);
  });
});

describe("envelopes whose roles stand in the header", () => {
  const contract = () =>
    contractOf(`envelopes: {api: {mediaTypes: [text/plain], members: {requestId: {header: Request-Id}}}}
errors: [{name: any, status: 4XX}]`);

  it("promise no body, but its media type", async () => {
    expect((await judge({ body: null, headers: { "Content-Type": "text/html" } }, await contract())).names).toEqual([]);
    expect((await judge({ body: "<html>", headers: { "Content-Type": "text/html" } }, await contract())).names).toEqual([
      "envelope/content-type differs",
    ]);
  });
});

describe("envelope/malformed", () => {
  const notes = async (error: object, contract?: Contract) => (await judge({ status: 400, body: { error } as never }, contract)).names;
  const schema = (members: string, schema: string) =>
    contractOf(`envelopes: {api: {pointer: /error, members: {${members}}, required: [type], schema: ${schema}}}
errors: [{name: any, status: 400, type: [a, b]}]`);

  it("tells a blank message beside another fault, and once", async () => {
    expect(await notes({ ...good, type: {}, message: " " })).toEqual(["envelope/malformed blank", "envelope/malformed wrong-type"]);
    const long = "{properties: {error: {properties: {message: {minLength: 1}}}}}";
    expect(await notes({ type: "a", message: "" }, await schema("type: /type, message: /message", long))).toEqual([
      "envelope/malformed wrong-value",
    ]);
  });

  it("takes a message for a placeholder that only repeats the type", async () => {
    expect(await notes({ ...good, message: "not_found_error" })).toContain("envelope/malformed placeholder");
  });

  it("takes no null for a fault where the role has another place", async () => {
    const contract = await schema("type: /type, code: [/code, /error_code]", "{}");
    expect(await notes({ type: "a", code: null, error_code: "x" }, contract)).toEqual([]);
    expect(await notes({ type: "a", code: null }, contract)).toEqual(["envelope/malformed null"]);
  });

  it("tells a required null as missing, and once", async () => {
    const typed = "{properties: {error: {properties: {type: {type: string}}}}}";
    expect(await notes({ type: null }, await schema("type: /type", typed))).toEqual(["envelope/malformed missing"]);
  });

  it("tells a null that has no role", async () => {
    const typed = "{properties: {error: {properties: {extra: {type: string}}}}}";
    expect(await notes({ type: "a", extra: null }, await schema("type: /type", typed))).toContain("envelope/malformed wrong-type");
  });

  it("names the body itself", async () => {
    const { findings } = await judge({ status: 400, body: { error: { type: "a" } } }, await schema("type: /type", "{minProperties: 2}"));
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining("The body is ")]);
  });

  it("reads a message in a header", async () => {
    const contract = await schema("type: /type, message: {header: X-Message}", "{}");
    const { findings } = await judge({ status: 400, headers: { "X-Message": "error" }, body: { error: { type: "a" } } }, contract);
    expect(findings.map(({ message }) => message)).toEqual(['The message is "error": a placeholder, not a sentence for a person.']);
  });

  it("finds nothing where a header is missing, and advises as the framework demands", async () => {
    const contract = await schema("type: /type, message: {header: X-Message}", "{}");
    expect((await judge({ status: 400, headers: { "X-Message": "No." }, body: { error: { type: "a" } } }, contract)).names).toEqual([]);
    const demanding = await contractOf(`envelopes: {api: {members: {message: /message, requestId: {header: X-Id}}, required: [requestId]}}
errors: [{name: any, status: 400}]`);
    const { findings } = await judge({ status: 400, body: { statusCode: 400, message: "No." } }, demanding);
    expect(findings.slice(0, 1)).toMatchObject([
      { note: "missing", advice: expect.stringContaining("This is Fastify"), samples: [{ found: "absent" }] },
    ]);
  });
});

describe("envelope/location-varies", () => {
  it("shows the first of each, and says what is usual", async () => {
    const minority = await judge([
      { body: { error: good } },
      { body: { error: good } },
      { body: { error: good } },
      { entry: 7, body: good },
      { entry: 8, body: good },
    ]);
    expect(minority.findings).toMatchObject([
      { message: expect.stringContaining("2 of 5 errors put "), samples: [{ entry: 7, expected: "the error object at /error" }] },
    ]);
    const tie = await judge([{ body: { error: good } }, { body: { error: good } }, { body: good }, { body: good }]);
    expect(tie.findings).toMatchObject([
      { message: expect.stringContaining("2 of 4 errors put "), samples: [{ expected: "one place for all errors" }] },
      { message: expect.stringContaining("2 of 4 errors put "), samples: [{ expected: "one place for all errors" }] },
    ]);
  });
});

describe("envelope/on-success", () => {
  const told = ["envelope/on-success disguised"];
  it.each<[string, ExchangeParts, string[]]>([
    ["an error alone", { body: good }, told],
    ["an error alone, in its place", { body: { detail: { error: good } } }, told],
    ["an error without a label", { body: JSON.stringify({ error: good }) }, told],
    ["an error beside other members", { body: { error: good, course: {} } }, []],
    ["an error beside members on the way", { body: { detail: { error: good, course: {} } } }, []],
    ["an error and members that the envelope does not name", { body: { ...good, course: {} } }, []],
    ["JSON that is labelled as something else", { headers: { "Content-Type": "text/csv" }, body: JSON.stringify({ error: good }) }, []],
    ["an informational answer", { status: 103, body: { error: good } }, []],
    ["a redirection", { status: 302, body: { error: good } }, []],
  ])("%s", async (_, parts, names) => {
    expect((await judge({ status: 200, ...parts })).names).toEqual(names);
  });

  it("takes a list of errors at the root for errors alone", async () => {
    const contract = await contractOf(`envelopes: {api: {pointer: "", array: all, members: {type: /type}, required: [type]}}
errors: [{name: any, status: 400, type: [a, b]}]`);
    expect((await judge({ status: 200, body: [{ type: "a" }] }, contract)).names).toEqual(told);
  });

  it("leaves an error with a success status to the contract that expects it", async () => {
    const contract =
      await contractOf(`envelopes: {api: {when: {status: 200, body: {required: [code]}}, members: {code: /code}, required: [code]}}
errors: [{name: any, status: 200, code: [a, b]}]`);
    expect((await judge({ status: 200, body: { code: "a" } }, contract)).names).toEqual([]);
  });
});

describe("values of another kind than the rule is about", () => {
  it.each<[string, ExchangeParts, string[]]>([
    [
      "a status in a list",
      { headers: { ...json, "Request-Id": "r" }, body: { errors: [{ type: "a", message: "No.", status: ["400"] }] } },
      ["envelope/malformed wrong-type"],
    ],
  ])("%s", async (_, parts, names) => {
    expect((await judge(parts, contract)).names).toEqual(names);
  });

  it("a param that is no text", async () => {
    expect((await judge({ status: 400, body: { error: { ...good, param: 7 } } })).names).toEqual(["envelope/malformed wrong-type"]);
  });

  it("a body that repeats a member, and does not parse", async () => {
    expect((await judge({ headers: json, body: '{"a":1,"a":2,}' })).names).toEqual(["envelope/not-json invalid"]);
  });

  it("a request body that nobody needs", async () => {
    const request = { method: "POST", url: "/v1/courses/c_1", requestBodyState: "not-captured" } as const;
    expect(unjudged(await judge({ ...request, body: { error: good } }))).toEqual([]);
    expect(unjudged(await judge({ ...request, body: { error: { ...good, param: "age" } } }))).toEqual(["envelope/param-unknown"]);
  });
});
