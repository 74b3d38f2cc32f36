import { describe, expect, test } from "vitest";
import { ContractError } from "../../src/contract/contract-fault.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { describeFault } from "../../src/yaml-source/fault.ts";

const head = "envelint: 1\ntitle: T\n";
const row = "errors: [{name: a, status: 400}]\n";

/** Every fault of a text, as a person reads it. */
function faultsOf(text: string): string[] {
  try {
    parseContract(text, { file: "c.yaml" });
    return [];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    expect(error.faults.every((fault) => fault.line > 0 && fault.column > 0 && fault.file === "c.yaml")).toBe(true);
    return error.faults.map(describeFault);
  }
}

describe("a text that is no contract at all", () => {
  const deepList = `a: ${"[".repeat(5000)}${"]".repeat(5000)}`;
  const bomb = [
    "a: &a [x,x,x,x,x,x,x,x,x,x]",
    ..."bcdef".split("").map((name, index) => `${name}: &${name} [${Array(10).fill(`*${"abcdef"[index]}`)}]`),
  ].join("\n");
  test.each<[string, string, string]>([
    ["empty", "", "c.yaml:1:1: is empty (a contract needs envelint: 1, a title and errors)"],
    ["only a comment", "# nothing\n", "c.yaml:1:1: is empty (a contract needs envelint: 1, a title and errors)"],
    ["a list", "[1]", "c.yaml:1:1: is not a contract: a contract is a map of keys such as title and errors"],
    [
      "not YAML",
      "envelint: 1\ntitle: [a\nerrors: x",
      "c.yaml:3:1: is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["two documents", "a: 1\n---\nb: 2", "c.yaml:2:1: begins a second document: a contract is one"],
    ["too deep", deepList, "c.yaml:1:1: is nested more than 64 levels deep"],
    ["endless", "a: &a [*a]", "c.yaml:1:1: is nested more than 64 levels deep"],
    ["a bomb", bomb, "c.yaml:1:1: holds more than 100000 values, counting what its aliases repeat"],
    [
      "a capture",
      '{"log":{"version":"1.2","entries":[]}}',
      "c.yaml:1:1: is a capture (HAR), not a contract (captures are what a contract is held against: give it as a target)",
    ],
    [
      "an OpenAPI document",
      "openapi: 3.1.0",
      "c.yaml:1:1: is an OpenAPI document, not a contract (an error contract is a file of its own: start one with `extends: builtin:course-api`)",
    ],
  ])("%s", (_, text, expected) => {
    expect(faultsOf(text)).toEqual([expected]);
  });
});

describe("a single fault", () => {
  test.each<[string, string, string | RegExp]>([
    [
      "an idempotency duty of all operations",
      `${head}${row}idempotency: {operations: {"*": required}}`,
      'c.yaml:4:28: idempotency.operations.*: cannot stand for operations here: "*" (name each operation that takes a key)',
    ],
    [
      "an idempotency duty of the other operations",
      `${head}${row}idempotency: {operations: {other: required}}`,
      'c.yaml:4:28: idempotency.operations.other: cannot stand for operations here: "other" (name each operation that takes a key)',
    ],
    [
      "a schema that is itself",
      `${head}${row}envelopes: {e: {schema: {$ref: "#"}}}`,
      "c.yaml:4:32: envelopes.e.schema.$ref: leads back to itself without a step into the value, so that judging by it would never end (refer from properties or items)",
    ],
    [
      "schemas that are each other",
      `${head}${row}envelopes: {e: {schema: {$defs: {a: {anyOf: [{$ref: "#/$defs/b"}]}, b: {not: {$ref: "#/$defs/a"}}}}}}`,
      /^c\.yaml:4:\d+: envelopes\.e\.schema\.\$defs\.b\.not\.\$ref: leads back to itself/,
    ],
    [
      "schemas that lead through thousands of others",
      `${head}${row}envelopes: {e: {schema: {$ref: "#/$defs/a0", $defs: {a5000: true, ${Array.from({ length: 5000 }, (_, index) => `a${index}: {$ref: "#/$defs/a${index + 1}"}`).join(", ")}}}}}`,
      "c.yaml:4:25: envelopes.e.schema: judges one value by more than 100 schemas within each other",
    ],
    [
      "$dynamicRef",
      `${head}${row}envelopes: {e: {schema: {items: {$dynamicRef: "#"}}}}`,
      "c.yaml:4:34: envelopes.e.schema.items.$dynamicRef: is a keyword that is not followed here (use $ref)",
    ],
    ["a name twice", `${head}title: U\n${row}`, 'c.yaml:3:1: title: stands here twice: "title", first on line 2'],
    [
      "a tag",
      `${head}errors: !foo [{name: a, status: 400}]`,
      "c.yaml:3:14: errors: has a tag, !foo (a contract is plain data: leave the tag out)",
    ],
    ["__proto__", `${head}__proto__: {x: 1}\n${row}`, 'c.yaml:3:1: has a member "__proto__" (take another name)'],
    ["a name that is no text", `${head}? {a: b}\n: x\n${row}`, "c.yaml:3:3: has a name that is not a plain text"],
    ["an unknown key", `${head}erors: []\n${row}`, 'c.yaml:3:1: erors: is no key here: "erors" (did you mean "errors"?)'],
    [
      "an unknown key of a row",
      `${head}errors: [{name: a, status: 400, retry-after: required}]`,
      'c.yaml:3:33: errors[0].retry-after: is no key here: "retry-after" (did you mean "retryAfter"?)',
    ],
    [
      "the same in JSON",
      '{"envelint": 1, "title": "T", "errors": [{"name": "a", "status": 400, "cod": 1}]}',
      'c.yaml:1:71: errors[0].cod: is no key here: "cod" (did you mean "code"?)',
    ],
    ["a missing key", "envelint: 1\nerrors: [{name: a, status: 400}]", 'c.yaml:1:1: lacks "title" (Whose errors these are, for people.)'],
    [
      "a status that is none",
      `${head}errors: [{name: a, status: 4O4}]`,
      'c.yaml:3:28: errors[0].status: cannot be read: "4O4" (for instance 404)',
    ],
    [
      "a status out of range",
      `${head}errors: [{name: a, status: [400, 700]}]`,
      "c.yaml:3:34: errors[0].status[1]: must be <= 599 (for instance 404)",
    ],
    [
      "a value off the list",
      `${head}errors: [{name: a, status: 400, retry: retry_after}]`,
      'c.yaml:3:40: errors[0].retry: must be "never" or "retry-after" or "backoff" or "unspecified", not "retry_after" (did you mean "retry-after"?)',
    ],
    ["another version", `envelint: 2\ntitle: T\n${row}`, "c.yaml:1:11: envelint: must be 1, not 2"],
    ["nothing where a list is due", `${head}errors:\n`, /^c\.yaml:3:\d+: errors: must be a list, not empty/],
    [
      "two credentials in one",
      `${head}authentication: {credential: {header: a, cookie: b}}\n${row}`,
      "c.yaml:3:30: authentication.credential: must have exactly one of header, cookie, query",
    ],
    [
      "a method in lower case",
      `${head}operations: {a: get /x}\n${row}`,
      'c.yaml:3:17: operations.a: cannot be read: "get /x" (for instance "POST /courses/{course_id}/launch")',
    ],
    [
      "a reserved name",
      `${head}operations: {other: GET /x}\n${row}`,
      'c.yaml:3:14: operations.other: is a reserved name: "other" stands for what matches no operation',
    ],
    ["a parameter twice", `${head}operations: {a: "GET /{id}/{id}"}\n${row}`, 'c.yaml:3:17: operations.a: names the parameter "id" twice'],
    [
      "a brace too many",
      `${head}operations: {a: "GET /{id"}\n${row}`,
      "c.yaml:3:17: operations.a: has a brace too many, or a parameter without a name",
    ],
    [
      "a parameter as other routers write it",
      `${head}operations: {a: "GET /a/:id"}\n${row}`,
      'c.yaml:3:17: operations.a: has the segment ":id", which is no parameter here (write it in braces, as in OpenAPI: {name})',
    ],
    [
      "** inside a segment",
      `${head}operations: {a: GET /a**}\n${row}`,
      "c.yaml:3:17: operations.a: has ** as part of a segment (** stands for whole segments; * for a run of characters)",
    ],
    [
      "a look-around",
      `${head}envelopes: {e: {members: {code: /c}}}\nerrors: [{name: a, status: 400, code: {pattern: "(?=a)b"}}]`,
      'c.yaml:4:49: errors[0].code.pattern: uses look-around, which cannot be run in linear time: "(?=a)b"',
    ],
    [
      "a back reference",
      `${head}errors: [{name: a, status: 400, when: {headers: {x: {pattern: '(a)\\1'}}}}]`,
      'c.yaml:3:63: errors[0].when.headers.x.pattern: uses a back reference, which cannot be run in linear time: "(a)\\\\1"',
    ],
    [
      "a broken pattern",
      `${head}errors: [{name: a, status: 400, when: {body: {pattern: "("}}}]`,
      /pattern: is not a regular expression that can be run/,
    ],
    [
      "a wrong word of JSON Schema",
      `${head}errors: [{name: a, status: 400, when: {body: {type: strng}}}]`,
      /^c\.yaml:3:53: errors\[0\]\.when\.body\.type: is not valid JSON Schema: must be one of .*\(did you mean "string"\?\)$/,
    ],
    [
      "something to be fetched",
      `${head}errors: [{name: a, status: 400, when: {body: {$ref: "https://x.org/y"}}}]`,
      "c.yaml:3:53: errors[0].when.body.$ref: points outside its schema, and nothing is fetched (point into the same schema: #/$defs/…)",
    ],
    [
      "a reference to nothing",
      `${head}errors: [{name: a, status: 400, when: {body: {$ref: "#/$defs/no"}}}]`,
      /^c\.yaml:3:46: errors\[0\]\.when\.body: is not a schema that can be used: can't resolve/,
    ],
    [
      "an unknown row",
      `${head}authentication: {missing: aa}\n${row}`,
      'c.yaml:3:27: authentication.missing: names the row "aa", which is not declared (did you mean "a"?)',
    ],
    [
      "an unknown operation",
      `${head}operations: {launch: POST /l}\nerrors: [{name: a, status: 400, operations: [lanch]}]`,
      'c.yaml:4:46: errors[0].operations[0]: names the operation "lanch", which is not declared (did you mean "launch"?)',
    ],
    [
      "an unknown operation with a duty",
      `${head}operations: {launch: POST /l}\nidempotency: {operations: {lunch: required}}\n${row}`,
      'c.yaml:4:28: idempotency.operations.lunch: names the operation "lunch", which is not declared (did you mean "launch"?)',
    ],
    [
      "an unknown envelope",
      `${head}envelopes: {api: {}}\nerrors: [{name: a, status: 400, envelope: apy}]`,
      'c.yaml:4:43: errors[0].envelope: names the envelope "apy", which is not declared (did you mean "api"?)',
    ],
    [
      "an unknown capture",
      `${head}envelopes: {e: {members: {code: /c}}}\nerrors: [{name: a, status: 400, code: {pattern: "(?<seconds>x)"}, retryAfter: {equals: {capture: second}}}]`,
      /^c\.yaml:4:\d+: errors\[0\]\.retryAfter\.equals\.capture: names the capture "second", which no pattern of the row makes \(did you mean "seconds"\?\)$/,
    ],
    [
      "an unknown role",
      `${head}errors: [{name: a, status: 400, retryAfter: {equals: {member: retryAfter}}}]`,
      'c.yaml:3:63: errors[0].retryAfter.equals.member: names the role "retryAfter", which the row\'s envelope does not place',
    ],
    [
      "a required role without a place",
      `${head}envelopes: {e: {members: {code: /c}, required: [message]}}\n${row}`,
      'c.yaml:3:49: envelopes.e.required[0]: names the role "message", which the envelope\'s members do not place',
    ],
    [
      "a parameter in no operation",
      `${head}operations: {o: "GET /{course_id}"}\nmasking: [{resource: r, parameter: courseid, answer: a}]\nerrors: [{name: a, status: 404}]`,
      'c.yaml:4:36: masking[0].parameter: names the parameter "courseid", which no operation has (did you mean "course_id"?)',
    ],
    [
      "masking of nothing",
      `${head}masking: [{resource: r, answer: a}]\n${row}`,
      /^c\.yaml:3:11: masking\[0\]: says neither by which path parameter/,
    ],
    [
      "a name of two rows",
      `${head}errors: [{name: a, status: 400}, {name: a, status: 401}]`,
      'c.yaml:3:41: errors[1].name: is the name of two rows: "a", first at c.yaml:3',
    ],
    [
      "a type off the list",
      `${head}types: [aaa]\nenvelopes: {e: {members: {type: /t}}}\nerrors: [{name: a, status: 400, type: [aaa, aab]}]`,
      'c.yaml:5:45: errors[0].type[1]: names the type "aab", which is not in types (did you mean "aaa"?)',
    ],
    [
      "an unused type",
      `${head}types: [a, b]\nenvelopes: {e: {members: {type: /t}}}\nerrors: [{name: a, status: 400, type: a}]`,
      'c.yaml:3:12: types[1]: is a type that no row accepts: "b"',
    ],
    [
      "a tie",
      `${head}errors:\n  - {name: a, status: 400}\n  - {name: b, status: [400]}`,
      'c.yaml:5:5: errors[1]: ties with the row "a" (c.yaml:4): an answer can meet both, and neither is the more specific (tell them apart by code, type, operations or when)',
    ],
    [
      "a tie of patterns",
      `${head}envelopes: {e: {members: {code: /c}}}\nerrors:\n  - {name: a, status: 4XX, code: {pattern: x}}\n  - {name: b, status: [400, 500], code: {pattern: x}}`,
      /^c\.yaml:6:5: errors\[1\]: ties with the row "a"/,
    ],
    [
      "a status the envelope never has",
      `${head}errors: [{name: a, status: 200}]`,
      'c.yaml:3:28: errors[0].status: can never be met: 200 is never an error of the envelope "error", which takes 400 to 599',
    ],
    [
      "a role the envelope has not",
      `${head}errors: [{name: a, status: 400, type: x}]`,
      'c.yaml:3:39: errors[0].type: can never be met: it demands a type, and the envelope "error" has none',
    ],
    [
      "operations the envelope has not",
      `${head}operations: {a: GET /a, b: GET /b}\nenvelopes: {e: {operations: [a]}}\nerrors: [{name: a, status: 400, operations: [b]}]`,
      'c.yaml:5:45: errors[0].operations: can never be met: none of its operations is one of the envelope "e"\'s',
    ],
    [
      "a row that others take",
      `${head}envelopes: {e: {members: {code: /c}}}\nerrors: [{name: a, status: [400, 404], code: x}, {name: b, status: 400, code: x}, {name: c, status: 404, code: [x, y]}]`,
      'c.yaml:4:17: errors[0].name: can never be met: the more specific rows "b", "c" take everything that it could',
    ],
    [
      "never, with Retry-After",
      `${head}errors: [{name: a, status: 400, retry: never, retryAfter: required}]`,
      "c.yaml:3:59: errors[0].retryAfter: requires Retry-After on an error that must never be retried",
    ],
    [
      "after it, without Retry-After",
      `${head}errors: [{name: a, status: 400, retry: retry-after, retryAfter: forbidden}]`,
      "c.yaml:3:65: errors[0].retryAfter: forbids Retry-After on an error that is to be retried after it",
    ],
    [
      "a max below the min",
      `${head}errors: [{name: a, status: 400, retryAfter: {min: 5, max: 2}}]`,
      "c.yaml:3:45: errors[0].retryAfter: has a max (2) below its min (5)",
    ],
    [
      "a mask that admits",
      `${head}operations: {o: "GET /{p}"}\nmasking: [{resource: r, parameter: p, answer: a}]\nerrors: [{name: a, status: [403, 404]}]`,
      'c.yaml:4:47: masking[0].answer: answers with the row "a", whose status 403 is in never',
    ],
  ])("%s", (_, text, expected) => {
    const told = faultsOf(text);
    expect(told).toHaveLength(1);
    if (typeof expected === "string") expect(told[0]).toBe(expected);
    else expect(told[0]).toMatch(expected);
  });
});

test("an alias of nothing is named where it stands", () => {
  expect(faultsOf(`${head}servers: *none\n${row}`)[0]).toBe(
    "c.yaml:3:10: servers: is an alias of nothing: its anchor must stand before it",
  );
});

test("all faults are told at once, by line and column", () => {
  const told = faultsOf(`${head}errors:\n  - {name: a, status: 999, typo: 1}\n  - {status: 400}\nclient: {maxRetries: -1}`);
  expect(told.map((fault) => fault.split(": ", 1)[0])).toEqual(["c.yaml:4:23", "c.yaml:4:28", "c.yaml:5:5", "c.yaml:6:22"]);
});

describe("no fault", () => {
  test.each([
    [
      "rows told apart by operations",
      `${head}operations: {a: GET /a, b: GET /b}\nerrors: [{name: a, status: 400, operations: [a]}, {name: b, status: 400, operations: [b]}]`,
    ],
    [
      "rows told apart by when",
      `${head}errors: [{name: a, status: 400, when: {headers: {x: a}}}, {name: b, status: 400, when: {headers: {x: b}}}, {name: c, status: 400}]`,
    ],
    [
      "patterns that may or may not overlap",
      `${head}envelopes: {e: {members: {code: /c}}}\nerrors: [{name: a, status: 400, code: {pattern: ^a}}, {name: b, status: 400, code: {pattern: b$}}]`,
    ],
    [
      "a row that is only partly taken",
      `${head}envelopes: {e: {members: {code: /c}}}\nerrors: [{name: a, status: [400, 404], code: x}, {name: b, status: 400, code: x}]`,
    ],
    [
      "a property called pattern or $ref",
      `${head}envelopes: {e: {schema: {properties: {pattern: {type: string}, $ref: {const: "(?=x)"}}}}}\n${row}`,
    ],
    [
      "a schema that points into itself",
      `${head}envelopes: {e: {schema: {$defs: {x: {type: string}}, properties: {y: {$ref: "#/$defs/x"}}}}}\n${row}`,
    ],
    ["no envelope", head + row],
    [
      "a name of JavaScript's own",
      `${head}operations: {constructor: GET /a}\nerrors: [{name: hasOwnProperty, status: 400, operations: [constructor]}]`,
    ],
  ])("%s", (_, text) => {
    expect(faultsOf(text)).toEqual([]);
  });
});
