import { describe, expect, it } from "vitest";
import { parseContract } from "../../src/contract/parse.ts";
import { compare, type Parts } from "../kit/compare-sides.ts";

const contract = await parseContract(
  "envelint: 1\ntitle: Orders\noperations: {readOrder: 'GET /v1/orders/{order}'}\nopenTypes: true\n" +
    "envelopes: {a: {pointer: /error, members: {type: /type, code: /code, message: /message}, required: [type]}}\n" +
    "errors:\n  - {name: no, status: 403}\n  - {name: gone, status: 404, headers: {Link: {required: true, schema: {type: string}}}}\n" +
    "  - {name: bad, status: 400}\n  - {name: busy, status: 503}",
  { file: "orders.yaml" },
);

type Answer = Partial<Parts> & { readonly type?: string; readonly code?: string; readonly more?: object };

/** An answer to one order, three times. */
function order(id: string, status: number, { type = "t", code = "c", more = {}, ...parts }: Answer = {}): Parts {
  const body = status < 400 ? { id } : { error: { type, code, ...more } };
  return { url: `/v1/orders/${id}`, status, body, times: 3, headers: { link: "<a>" }, ...parts };
}
const once = { times: 1 };
const foreign = "ord_2";
const missing = order("ord_zzz", 404);

async function between(before: Parts[], after: Parts[]) {
  const { told, unknown } = await compare(before, after, contract);
  return [told, unknown];
}
const few = (kind: string, count = 1) => `${kind}: fewer than three answers on one side (${count})`;
const state = (kind: string, count = 1) => `${kind}: depends on the state of the server (${count})`;

describe("an identical request is compared with itself, whatever other ids are answered", () => {
  it.each<[string, Parts[], Parts[], string[]]>([
    ["404 -> 403", [order(foreign, 404), missing], [order(foreign, 403), missing], ["status-changed 404 -> 403"]],
    ["403 -> 404", [order(foreign, 403), missing], [order(foreign, 404), missing], ["status-changed 403 -> 404"]],
    ["the others first", [missing, order(foreign, 404)], [missing, order(foreign, 403)], ["status-changed 404 -> 403"]],
    [
      "once, what no id had before",
      [order(foreign, 404, once), missing],
      [order(foreign, 403, once), missing],
      ["status-changed 404 -> 403"],
    ],
    [
      "what another id had before, and has",
      [order(foreign, 404), missing, order("ord_5", 403)],
      [order(foreign, 403), missing, order("ord_5", 403)],
      ["status-changed 404 -> 403"],
    ],
    ["another code", [order(foreign, 404), missing], [order(foreign, 404, { code: "d" }), missing], ["code-changed c -> d"]],
    ["another type", [order(foreign, 404), missing], [order(foreign, 404, { type: "u" }), missing], ["type-changed t -> u"]],
    [
      "a code that another id had before, and has",
      [order(foreign, 404), missing, order("ord_5", 404, { code: "d" })],
      [order(foreign, 404, { code: "d" }), missing, order("ord_5", 404, { code: "d" })],
      ["code-changed c -> d"],
    ],
    [
      "a type that another id had before, and has",
      [order(foreign, 404), missing, order("ord_5", 404, { type: "u" })],
      [order(foreign, 404, { type: "u" }), missing, order("ord_5", 404, { type: "u" })],
      ["type-changed t -> u"],
    ],
    [
      "what another id had before, and has, beside missing orders that each run asks for anew",
      [order(foreign, 404), order("ord_m1", 404), order("ord_5", 403), order("ord_6", 403)],
      [order(foreign, 403), order("ord_m2", 404), order("ord_5", 403), order("ord_6", 403)],
      ["status-changed 404 -> 403"],
    ],
    [
      "a header that is gone",
      [order(foreign, 404), missing],
      [order(foreign, 404, { headers: {} }), missing],
      ["header-removed Link -> no such header"],
    ],
    [
      "a member that is gone",
      [order(foreign, 404, { more: { hint: "h" } }), order("ord_zzz", 404, { more: { hint: "h" } })],
      [order(foreign, 404), order("ord_zzz", 404, { more: { hint: "h" } })],
      ["member-removed string -> absent"],
    ],
    ["served before", [order(foreign, 200), missing], [order(foreign, 400), missing], ["status-changed 200 -> 400"]],
    ["served now", [order(foreign, 400), missing], [order(foreign, 200), missing], ["status-changed 400 -> 200"]],
    [
      "served before, and others still",
      [order(foreign, 200), order("ord_1", 200), order("ord_9", 400)],
      [order(foreign, 400), order("ord_1", 200), order("ord_9", 400)],
      ["status-changed 200 -> 400"],
    ],
    [
      "served now, as others were before",
      [order(foreign, 400), order("ord_1", 200), order("ord_9", 400)],
      [order(foreign, 200), order("ord_1", 200), order("ord_9", 400)],
      ["status-changed 400 -> 200"],
    ],
    [
      "in each of several accounts",
      [order(foreign, 404, { account: "alice" }), order(foreign, 200, { account: "bob" }), missing],
      [order(foreign, 403, { account: "alice" }), order(foreign, 200, { account: "bob" }), missing],
      ["status-changed 404 -> 403"],
    ],
    [
      "by an id in the body",
      [
        order("a", 404, { method: "POST", url: "/v1/x", requestBody: { order_id: 2 } }),
        order("a", 404, { method: "POST", url: "/v1/x", requestBody: { order_id: 3 } }),
      ],
      [
        order("a", 403, { method: "POST", url: "/v1/x", requestBody: { order_id: 2 } }),
        order("a", 404, { method: "POST", url: "/v1/x", requestBody: { order_id: 3 } }),
      ],
      ["status-changed 404 -> 403"],
    ],
    [
      "on another host",
      [
        order(foreign, 404, { url: `https://staging.example/v1/orders/${foreign}` }),
        order("z", 404, { url: "https://staging.example/v1/orders/z" }),
      ],
      [
        order(foreign, 403, { url: `https://api.example/v1/orders/${foreign}` }),
        order("z", 404, { url: "https://api.example/v1/orders/z" }),
      ],
      ["status-changed 404 -> 403"],
    ],
    [
      "of one scenario",
      [order(foreign, 404, { label: "orders" }), { ...missing, label: "orders" }],
      [order(foreign, 403, { label: "orders" }), { ...missing, label: "orders" }],
      ["status-changed 404 -> 403"],
    ],
    [
      "beside missing orders that each run asks for anew",
      [order(foreign, 403), order("ord_m1", 404)],
      [order(foreign, 404), order("ord_m2", 404)],
      ["status-changed 403 -> 404"],
    ],
  ])("%s", async (_, before, after, expected) => {
    expect(await between(before, after)).toEqual([expected, []]);
  });

  it("once for each request, where a contract names its account", async () => {
    const as = (name: string, parts: Parts): Parts => ({ ...parts, account: { id: name, name } });
    const others = ["alice", "bob"].map((name) => as(name, missing));
    const { report } = await compare(
      [as("alice", order(foreign, 404)), as("bob", order(foreign, 200)), ...others],
      [as("alice", order(foreign, 403)), as("bob", order(foreign, 200)), ...others],
      contract,
    );
    expect(report.findings.map(({ rule, count }) => [rule, count])).toEqual([["stability/status-changed", 1]]);
  });

  it("among many ids", async () => {
    const many = Array.from({ length: 300 }, (_, n) => order(`ord_${n}`, 404, once));
    const { report, unknown } = await compare(many, [...many.slice(0, 298), order("ord_298", 403, once), order("ord_299", 403)], contract);
    expect(report.findings.map(({ rule, count }) => [rule, count])).toEqual([["stability/status-changed", 2]]);
    expect(unknown).toEqual([]);
    expect(report.seen.forgotten).toBe(0);
  });

  it("and shows that request on both sides", async () => {
    const { report } = await compare([missing, order(foreign, 404)], [missing, order(foreign, 403)], contract);
    expect(report.findings).toMatchObject([
      {
        row: "gone",
        operation: "readOrder",
        count: 1,
        samples: [{ entry: 3, capture: "after.har", related: [{ capture: "before.har", entry: 3 }] }],
      },
    ]);
  });
});

describe("an identical request alarms nobody", () => {
  it.each<[string, Parts[], Parts[], string[]]>([
    ["that is answered now so, now so", [order(foreign, 404), order(foreign, 403), missing], [order(foreign, 403), missing], []],
    ["that is answered so at last", [order(foreign, 404), missing], [order(foreign, 403), order(foreign, 404), missing], []],
    ["that was made meanwhile", [order(foreign, 404), missing], [order(foreign, 200), missing], [state("status-changed")]],
    ["that was deleted meanwhile", [order(foreign, 200), missing], [order(foreign, 404), missing], [state("status-changed")]],
    [
      "whose id is another's now",
      [order("ord_1", 404), order("ord_2", 403)],
      [order("ord_1", 403), order("ord_2", 404)],
      [state("status-changed", 2)],
    ],
    [
      "whose id is another's now, and one run has an id more",
      [order("ord_1", 200), order("ord_2", 403), order("ord_3", 404)],
      [order("ord_1", 200), order("ord_2", 200), order("ord_3", 403), order("ord_4", 404)],
      [state("status-changed", 2)],
    ],
    [
      "whose id is another's now, which is served",
      [order("ord_1", 200), order("ord_2", 400)],
      [order("ord_1", 400), order("ord_2", 200)],
      [state("status-changed", 2)],
    ],
    [
      "whose type is another's now",
      [order("ord_1", 404, { type: "u", code: "d" }), order("ord_2", 404)],
      [order("ord_1", 404), order("ord_2", 404, { type: "u", code: "d" })],
      [state("type-changed", 2)],
    ],
    [
      "whose code is another's now",
      [order("ord_1", 404, { code: "d" }), order("ord_2", 404)],
      [order("ord_1", 404), order("ord_2", 404, { code: "d" })],
      [state("code-changed", 2)],
    ],
    [
      "once, what another id had before",
      [order(foreign, 404, once), missing, order("ord_5", 403)],
      [order(foreign, 403, once), missing, order("ord_5", 403)],
      [few("status-changed")],
    ],
    ["by a chance", [order(foreign, 404), missing], [order(foreign, 503, { times: 2 }), missing], [few("status-changed")]],
    [
      "of which a header is gone once",
      [order(foreign, 404), missing],
      [order(foreign, 404, { headers: {}, times: 2 }), missing],
      [few("header-removed")],
    ],
    [
      "of which a member is gone that others never had",
      [order(foreign, 404, { more: { hint: "h" } }), missing],
      [order(foreign, 404), missing],
      [],
    ],
    ["where each run makes its ids", [order("ord_a1", 404), order("ord_a2", 403)], [order("ord_b1", 403), order("ord_b2", 404)], []],
    ["where one run asked more", [order("ord_a1", 404)], [order("ord_a1", 404), order("ord_b2", 403)], []],
  ])("%s", async (_, before, after, unknown) => {
    expect(await between(before, after)).toEqual([[], unknown]);
  });

  it("whose body is hidden on one side, but counts it", async () => {
    const hidden: Parts = { ...order(foreign, 404, once), bodyState: "not-captured" };
    const others: Parts = { ...missing, bodyState: "not-captured" };
    expect(await between([order(foreign, 404), others], [hidden, others])).toEqual([[], ["type-changed: body not captured (1)"]]);
  });
});

describe("what both ways of comparing show is told once", () => {
  it.each<[string, Parts[], Parts[], string[]]>([
    ["a status", [order("ord_1", 404), order("ord_2", 404)], [order("ord_1", 403), order("ord_2", 403)], ["status-changed 404 -> 403 (1)"]],
    [
      "of several",
      [order("ord_1", 404), order("ord_2", 400)],
      [order("ord_1", 403), order("ord_2", 403)],
      ["status-changed 404 or 400 -> 403 (1)"],
    ],
    [
      "a code by all ids, and not by each often enough",
      [order("ord_1", 409, once), order("ord_2", 409, once), order("ord_3", 409, once)],
      ["ord_1", "ord_2", "ord_3"].map((id) => order(id, 409, { ...once, code: "d" })),
      ["code-changed c -> d (1)"],
    ],
    [
      "by an identical request, and not by others",
      [order("ord_1", 400, once)],
      [order("ord_1", 200, once), order("ord_2", 200, once)],
      ["status-changed 400 -> 200 (1)"],
    ],
    [
      "by the status of an identical request, and not by the type of all",
      [order("ord_1", 404), missing, order("ord_5", 403, { type: "u" })],
      [order("ord_1", 403), missing],
      ["status-changed 404 -> 403 (1)"],
    ],
    [
      "but the type of all, where an id that is new shows it too",
      [order("ord_1", 404), missing, order("ord_5", 403, { type: "u" })],
      [order("ord_1", 403), missing, order("ord_6", 403)],
      ["status-changed 404 -> 403 (1)", "type-changed u -> t (1)"],
    ],
    [
      "but the type of all, where an identical request does not prove its status",
      [order("ord_1", 404), order("ord_2", 404, once), missing, order("ord_5", 403, { type: "u" })],
      [order("ord_1", 403), order("ord_2", 403, once), missing],
      ["status-changed 404 -> 403 (1)", "type-changed u -> t (1)"],
    ],
  ])("%s", async (_, before, after, expected) => {
    const { report, unknown } = await compare(before, after, contract);
    expect(
      report.findings.map(({ rule, count, samples: [s] }) => `${rule.slice(10)} ${s?.expected} -> ${s?.found} (${count})`).sort(),
    ).toEqual(expected);
    expect(unknown).toEqual([]);
  });

  it("and so is what neither can tell", async () => {
    expect(await between([order("ord_1", 404, once)], [order("ord_1", 503, once)])).toEqual([[], [few("status-changed")]]);
    const two = ["ord_1", "ord_2"];
    expect(
      await between(
        two.map((id) => order(id, 404, once)),
        two.map((id) => order(id, 409, once)),
      ),
    ).toEqual([[], [state("status-changed")]]);
  });
});

it("what is held of identical requests is bounded, and drops nothing that is compared without ids", async () => {
  const many = Array.from({ length: 6_000 }, (_, n) => order(`ord_${n}`, 404, once));
  const { report, told, unknown } = await compare(
    [order("a", 404, { url: "/v1/x" }), ...many],
    [order("ord_b", 404, once), order("a", 403, { url: "/v1/x" })],
    contract,
  );
  expect([told, unknown]).toEqual([["status-changed 404 -> 403"], []]);
  expect(report.seen.forgotten).toBeGreaterThan(1_000);
});
