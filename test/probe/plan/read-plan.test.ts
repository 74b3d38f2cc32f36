import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { loadContract } from "../../../src/contract/load.ts";
import { PlanError } from "../../../src/probe/plan/plan-error.ts";
import { readPlan } from "../../../src/probe/plan/read-plan.ts";
import { contractOf } from "../../contract/kit.ts";
import { faultsOf, orders, plainPlan, planOf } from "./kit.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "envelint-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the example's plan", async () => {
  const named: (string | undefined)[] = [];
  const { plan, contract } = await readPlan("examples/probe/plan.yaml", {
    cwd: root,
    loadContract: (reference) => {
      named.push(reference);
      return loadContract(reference, { cwd: root });
    },
  });
  expect(named).toEqual(["examples/probe/contract.yaml"]);
  expect(plan).toMatchObject({
    file: "examples/probe/plan.yaml",
    target: "http://127.0.0.1:8765",
    contract: "examples/probe/contract.yaml",
  });
  expect(plan.accounts.map(({ name, variables }) => [name, variables])).toEqual([
    ["alice", ["ALICE_CREDENTIAL"]],
    ["bob", ["BOB_CREDENTIAL"]],
  ]);
  expect(plan.resources.map(({ resource, parameter }) => [resource, parameter])).toEqual([
    ["course", "course_id"],
    ["preset", "preset_id"],
  ]);
  expect(plan.limits).toMatchObject({ requests: 400, pace: 6000, timeout: 10_000, patience: 120_000 });
  expect(contract.title).toContain("Course Generation API");
});

test("what a plan says, and what is taken where it does not", async () => {
  const plan = await planOf(`${plainPlan}
headers: { X-Version: "2" }
requests:
  payOrder: { send: "POST /v1/orders/{order_id}/pay", body: { amount: 5 }, done: { order_id: ord_5e6f7a8b }, headers: { X-One: a } }
  listOrders: []
  other: [GET /v2/things, { send: POST /v2/things, body: a=b, mediaType: text/plain }]
limits: { timeout: 2.5 }
tls: { insecure: true }
proxy: http://127.0.0.1:3128
`);
  expect(plan.requests.map(({ operation, method, path }) => `${operation}: ${method} ${path}`)).toEqual([
    "payOrder: POST /v1/orders/{order_id}/pay",
    "other: GET /v2/things",
    "other: POST /v2/things",
    "getOrder: GET /v1/orders/{order_id}",
    "changeOrder: PATCH /v1/orders/{order_id}",
    "ping: GET /{version}/ping",
  ]);
  expect(plan.requests[0]).toMatchObject({
    parameters: ["order_id"],
    body: { amount: 5 },
    mediaType: "application/json",
    headers: [["X-One", "a"]],
    source: { file: "plan.yaml", line: 14, column: 13 },
  });
  expect({ ...plan.requests[0]?.done }).toEqual({ order_id: "ord_5e6f7a8b" });
  expect(plan.requests[2]).toMatchObject({ body: "a=b", mediaType: "text/plain" });
  expect(plan.requests[1]?.body).toBeUndefined();
  expect(plan.headers).toEqual([["X-Version", "2"]]);
  expect(plan.limits).toEqual({
    requests: 100,
    pace: 50,
    timeout: 2_500,
    patience: 120_000,
    body: 1_048_576,
    burst: 125,
    oversized: false,
  });
  expect(plan.connection).toEqual({ ca: undefined, cert: undefined, key: undefined, insecure: true, proxy: "http://127.0.0.1:3128" });
  // A masked resource of which nobody has any is there all the same.
  expect(plan.resources.map(({ resource, own }) => [resource, { ...own }])).toEqual([
    ["order", { alice: "ord_1a2b3c4d", bob: "ord_9c0d1e2f" }],
    ["report", {}],
  ]);
});

test("a contract that says little: no burst, and a pace of 60", async () => {
  const { limits, requests } = await planOf("probe: 1\ntarget: http://127.0.0.1:1/", contractOf("errors: [{ name: a, status: 400 }]"));
  expect(limits).toMatchObject({ pace: 60, burst: 0 });
  expect(requests).toEqual([]);
});

test("requests are derived as they are below the target's base path", async () => {
  const { target, requests } = await planOf(plainPlan.replace("example.com", "example.com/v1/"));
  expect(target).toBe("https://staging.example.com/v1");
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /orders/{order_id}",
    "PATCH /orders/{order_id}",
    "GET /orders",
  ]);
});

test.each<[string, string, string[]]>([
  ["nothing", "", ["1:1 : is empty (a plan needs probe: 1 and a target)"]],
  ["a list", "- a", ["1:1 : is not a plan: a plan is a map of keys such as target and accounts"]],
  [
    "a contract",
    "envelint: 1\ntitle: x\nerrors: []",
    ["1:1 : is a contract, not a plan (`envelint probe --init` writes a plan from a contract)"],
  ],
  [
    "braces that YAML takes for its own",
    `${plainPlan}requests: { getOrder: [GET /v1/orders/{order_id}] }`,
    ["11:39 : is not valid YAML: Missing , or : between flow sequence items (within […] and {…} a text with braces stands in quotes)"],
  ],
  ["two documents", "probe: 1\n---\nprobe: 1", ["2:1 : begins a second document: a plan is one"]],
  [
    "no target",
    "probe: 1",
    ['1:1 : lacks "target" (Where requests go, and the only place: scheme, host, port and base path. Redirects are not followed.)'],
  ],
  ["a key that is none", `${plainPlan}limit: {}`, ['11:1 limit: is no key here: "limit" (did you mean "limits"?)']],
  [
    "a negative limit",
    `${plainPlan}limits: { requests: -1, pace: 0 }`,
    ["11:21 limits.requests: must be >= 1 (for instance 400)", "11:31 limits.pace: must be > 0 (for instance 30)"],
  ],
  [
    "an id without quotes",
    plainPlan.replace("ord_9c0d1e2f", "0042"),
    ['9:17 resources.order.bob.own: must be a text, not a number (for instance "crs_algebra1")'],
  ],
  [
    "a relative target",
    plainPlan.replace("https://staging.example.com", "/v1"),
    ['2:9 target: is not an absolute URL (for instance "https://staging.example.com")'],
  ],
  ...["http:evil.example", "http:\\\\evil.example", "http:/evil.example", "http:///evil.example", "http://\\evil.example"].map(
    (target): [string, string, string[]] => [
      `a target without its slashes, ${target}`,
      plainPlan.replace("https://staging.example.com", target),
      ['2:9 target: is not an absolute URL (for instance "https://staging.example.com")'],
    ],
  ),
  ["another scheme", plainPlan.replace("https://", "ftp://"), ["2:9 target: is neither http nor https"]],
  [
    "a query",
    plainPlan.replace("example.com", "example.com/?a=b"),
    ["2:9 target: has a query or a fragment (a target ends with its path)"],
  ],
  [
    "a user",
    plainPlan.replace("https://", "https://me@"),
    ["2:9 target: looks like a secret, and is not repeated here (a plan holds none)"],
  ],
  [
    "an unknown resource",
    plainPlan.replace("  order:", "  oder:"),
    ['7:3 resources.oder: is no resource of the contract\'s masking: "oder" (did you mean "order"?)'],
  ],
  [
    "an unknown account",
    plainPlan.replace("    bob:", "    bop:"),
    ['9:5 resources.order.bop: names the account "bop", which the plan does not have (did you mean "bob"?)'],
  ],
  [
    "an unknown operation",
    `${plainPlan}requests: { payOrders: GET /v1 }`,
    ['11:13 requests.payOrders: is no operation of the contract: "payOrders" (did you mean "payOrder"?)'],
  ],
  [
    "a request under a wrong name",
    `${plainPlan}requests: { payOrder: "POST /v1/orders/{order_id}" }`,
    ["11:23 requests.payOrder: is not payOrder: POST /**/orders/{order_id}/pay (list it under other)"],
  ],
  [
    "a request that the target's own path makes another one",
    `${plainPlan.replace("example.com", "example.com/api")}requests: { getOrder: "GET /v1/orders/{order_id}" }`,
    [
      "11:23 requests.getOrder: is not getOrder: GET /v1/orders/{order_id}; with the target it is GET /api/v1/orders/{order_id} (list it under other)",
    ],
  ],
  [
    "an operation among others",
    `${plainPlan}requests: { other: [GET /v1/orders] }`,
    ["11:21 requests.other[0]: is an operation of the contract: GET /v1/orders (list it under listOrders)"],
  ],
  [
    "a parameter without a value",
    `${plainPlan}requests: { other: "GET /v1/{verison}/{thing}" }`,
    [
      '11:20 requests.other: has {verison}, for which nobody has a value (did you mean "version"?)',
      "11:20 requests.other: has {thing}, for which nobody has a value (add it to parameters)",
    ],
  ],
  [
    "a resource of which nobody has any",
    `${plainPlan.replace(/resources:[\s\S]*?parameters/, "parameters")}requests: { getOrder: "GET /v1/orders/{order_id}" }`,
    ["7:23 requests.getOrder: has {order_id}, for which nobody has a value (add ids to resources.order)"],
  ],
  [
    "a parameter of no request",
    plainPlan.replace("version: v1", "version: v1, veersion: v2"),
    ['10:28 parameters.veersion: is a parameter of no request: "veersion" (did you mean "version"?)'],
  ],
  [
    "a parameter that is a resource",
    plainPlan.replace("version: v1", "order_id: ord_1"),
    ['10:15 parameters.order_id: names a masked resource: "order_id" (add ids to resources.order)'],
  ],
  [
    "a resource by another parameter, and one by its id",
    `${plainPlan}requests: { getOrder: ["GET /v1/orders/{id}", GET /v1/orders/ord_9c0d1e2f] }`.replace("version: v1", "version: v1, id: a"),
    [
      '11:24 requests.getOrder[0]: names one order: "{id}" (write {order_id} there, so that it can be asked for others too)',
      '11:47 requests.getOrder[1]: names one order: "ord_9c0d1e2f" (write {order_id} there, so that it can be asked for others too)',
    ],
  ],
  [
    "an almost known parameter in a body",
    `${plainPlan}requests: { other: { send: POST /a, body: { it: "{orderid}", that: "{anything}" } } }`,
    ['11:43 requests.other.body: has {orderid}, for which nobody has a value (did you mean "order_id"?)'],
  ],
  [
    "one variable for two",
    plainPlan.replace("BOB", "ALICE"),
    [
      "5:22 accounts.bob.credential: names a variable for the second time, first on line 4: ALICE (two accounts with one credential are one account)",
    ],
  ],
  [
    "more variables than credentials",
    plainPlan.replace("credential: ALICE", "credential: [ALICE, EVE]"),
    ["4:24 accounts.alice.credential: names 2 variables, and the contract declares one credential (header Authorization)"],
  ],
  [
    "an account whose name cannot be recorded",
    'probe: 1\ntarget: http://a\naccounts: { "a>b": { credential: A } }',
    ['3:13 accounts.a>b: is no name for an account: "a>b" (letters, digits, - _ .)'],
  ],
  [
    "a way to make one that lacks a value",
    plainPlan.replace("parameters:", "    create: { send: 'POST /{tenant}/orders', id: /id }\nparameters:"),
    ["10:13 resources.order.create: has {tenant}, for which nobody has a value (add it to parameters)"],
  ],
  [
    "an account with the name of a key",
    "probe: 1\ntarget: http://a\naccounts: { create: { credential: A } }",
    ['3:13 accounts.create: is a key of resources, and no name for an account: "create"'],
  ],
  [
    "one id for two",
    plainPlan.replace("ord_9c0d1e2f", "ord_5e6f7a8b"),
    ["9:17 resources.order.bob.own: cannot be bob's and alice's (line 8) at once"],
  ],
  [
    "an id that is thrown away and kept",
    plainPlan.replace("ord_5e6f7a8b", "ord_1a2b3c4d"),
    ["8:44 resources.order.alice.throwAway: cannot be own and throwAway at once"],
  ],
  [
    "an id that means a folder",
    plainPlan.replace("ord_9c0d1e2f", ".."),
    ["9:17 resources.order.bob.own: means a folder in a path, and cannot be an id there"],
  ],
  [
    "a path that is none",
    plainPlan.replace("parameters:", "  report: { alice: { own: q1 } }\nparameters:"),
    ["10:27 resources.report.alice.own: is not a path, and it is by its whole path that the contract knows this resource"],
  ],
  [
    "what makes itself",
    plainPlan.replace("parameters:", "    create: { send: 'PUT /v1/orders/{order_id}', id: /id }\nparameters:"),
    ["10:13 resources.order.create: makes what it already needs: {order_id} in its path"],
  ],
  [
    "what is done, of no parameter and of another's",
    `${plainPlan}requests: { payOrder: { send: "POST /v1/orders/{order_id}/pay", done: { oder_id: a, order_id: ord_9c0d1e2f } } }`,
    [
      '11:73 requests.payOrder.done.oder_id: is no parameter of the path: "oder_id" (did you mean "order_id"?)',
      "11:85 requests.payOrder.done.order_id: is bob's, and must be alice's: the first account's",
    ],
  ],
  [
    "a header that is a credential",
    `${plainPlan}headers: { X-Api-Key: abc, Host: a, Idempotency-Key: k, "a b": c, X-A: "é…" }`,
    [
      "11:12 headers.X-Api-Key: is a field for credentials, which a plan does not hold (name an environment variable under accounts)",
      "11:28 headers.Host: is set by the connection itself",
      "11:37 headers.Idempotency-Key: is what probes set: they ask with a key and without one",
      "11:57 headers.a b: is no name of a header field",
      "11:67 headers.X-A: has a value that no header field can have",
    ],
  ],
  [
    "a file that is not there",
    `${plainPlan}tls: { cert: nowhere.pem }`,
    ["11:14 tls.cert: is no file that can be read (it is looked for beside the plan)", "11:14 tls.cert: needs tls.key beside it"],
  ],
  [
    "a proxy that is none",
    `${plainPlan}proxy: socks5://127.0.0.1`,
    ['11:8 proxy: is neither http nor https (for instance "http://127.0.0.1:3128")'],
  ],
])("%s", async (_, text, expected) => {
  expect(await faultsOf(text)).toEqual(expected);
});

test.each([
  ["accounts.alice.credential", plainPlan.replace("ALICE", "Bearer SECRET-v4lue")],
  ["accounts.alice.credential", plainPlan.replace("ALICE", `sk_${"live_"}SECRETv4lue12345`)],
  ["accounts.alice.credential", plainPlan.replace("ALICE", "SECRETv4lue0123456789abcdef")],
  ["accounts.alice.credential", plainPlan.replace("ALICE", "[BOB, 12SECRETv4lue]")],
  ["target", plainPlan.replace("https://", "https://me:SECRETv4lue@")],
  ["proxy", `${plainPlan}proxy: http://me:SECRETv4lue@127.0.0.1:3128`],
  ["requests.other", `${plainPlan}requests: { other: "GET /v1?access_token=SECRETv4lue1" }`],
  ["headers.X-A", `${plainPlan}headers: { X-A: Bearer SECRETv4lue1 }`],
  ["requests.other.body.key", `${plainPlan}requests: { other: { send: POST /v1, body: { key: sk_${"live_"}SECRETv4lue12345 } } }`],
])("a secret at %s is told and not repeated", async (path, text) => {
  const faults = await faultsOf(text);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(` ${path}`);
  expect(faults.join()).not.toContain("v4lue");
});

test("an id may look a little like a key", async () => {
  expect(await faultsOf(plainPlan.replace("ord_9c0d1e2f", "sk_1a2b3c4d5e6f7a8b"))).toEqual([]);
});

test("a body may have a password: it is what is sent", async () => {
  expect(await faultsOf(`${plainPlan}requests: { other: { send: POST /login, body: { password: "hunter2hunter2" } } }`)).toEqual([]);
});

test("a file of authorities needs one", async () => {
  writeFileSync(join(folder, "none.pem"), "tls: {}\n");
  expect(await faultsOf(`${plainPlan}tls: { ca: ${join(folder, "none.pem")} }`)).toEqual([
    "11:12 tls.ca: holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)",
  ]);
});

test("files are those beside the plan, and a target may be given instead", async () => {
  writeFileSync(join(folder, "ca.pem"), rootCertificates[0] ?? "");
  writeFileSync(join(folder, "plan.yaml"), `${plainPlan}contract: ./c.yaml\ntls: { ca: ca.pem }\n`);
  const options = { cwd: folder, loadContract: async () => orders };
  const { plan } = await readPlan("plan.yaml", { ...options, target: "http://127.0.0.1:1/v1/" });
  expect(plan).toMatchObject({
    file: "plan.yaml",
    contract: "c.yaml",
    target: "http://127.0.0.1:1/v1",
    connection: { ca: join(folder, "ca.pem") },
  });
  await expect(readPlan("plan.yaml", { ...options, target: "nowhere" })).rejects.toThrow(/--target/);
  await expect(readPlan("gone.yaml", options)).rejects.toThrow("gone.yaml:1:1: cannot be read: there is no such file");
});

test("whatever YAML a plan is, it is a plan or a PlanError", async () => {
  const word = fc.constantFrom(
    "alice",
    "bob",
    "order",
    "own",
    "fresh",
    "missing",
    "create",
    "send",
    "body",
    "{order_id}",
    "GET /v1/orders",
    "__proto__",
    "constructor",
    "*",
    "id",
  );
  const value = fc.letrec((tie) => ({
    node: fc.oneof({ depthSize: "small" }, word, fc.integer(), fc.constant(null), fc.boolean(), fc.string(), tie("list"), tie("map")),
    list: fc.array(tie("node"), { maxLength: 3 }),
    map: fc.dictionary(word, tie("node"), { maxKeys: 4, noNullPrototype: true }),
  })).node;
  const request = fc.oneof(fc.constantFrom("GET /v1/orders", "POST /v1/{order_id}", "GET /{a}/{a}?x={b}"), value);
  const file = fc.record(
    {
      probe: fc.constant(1),
      target: fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()),
      accounts: fc.oneof(
        fc.dictionary(word, fc.record({ credential: fc.constantFrom("A", "B", ["A"]) }), { noNullPrototype: true }),
        value,
      ),
      resources: fc.oneof(fc.dictionary(word, fc.dictionary(word, value, { noNullPrototype: true }), { noNullPrototype: true }), value),
      requests: fc.oneof(
        fc.dictionary(fc.constantFrom("getOrder", "other", "payOrder", "constructor"), request, { noNullPrototype: true }),
        value,
      ),
      parameters: value,
      headers: fc.oneof(fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }), value),
      limits: value,
    },
    { requiredKeys: ["probe", "target"] },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        file.map((data) => stringify(data)),
        fc.string(),
      ),
      async (text) => {
        await faultsOf(text);
      },
    ),
    { numRuns: 300 },
  );
});

test("an error holds every fault, a line each", async () => {
  const failure = await planOf(`${plainPlan}limit: 1\nproxi: 2`).catch((error) => error);
  expect(failure).toBeInstanceOf(PlanError);
  expect(failure.message.split("\n")).toHaveLength(2);
  expect(failure.message).toContain('plan.yaml:11:1: limit: is no key here: "limit" (did you mean "limits"?)');
});
