import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeAsking } from "../../src/probe/asking.ts";
import { readCredentials } from "../../src/probe/plan/credentials.ts";
import type { Plan, PlannedRequest } from "../../src/probe/plan/plan.ts";
import type { Asking, Filled } from "../../src/probe/probe.ts";
import { contractOf } from "../contract/kit.ts";
import { orders, plainPlan, planOf } from "./plan/kit.ts";

const plan = await planOf(`${plainPlan.replace("parameters:", '  report: { alice: { own: "/v1/reports/2024" } }\nparameters:')}requests:
  payOrder: { send: "POST /v1/orders/{order_id}/pay?v={version}", body: { of: ["{order_id}", "see {order_id}"], as: "{any}" }, done: { order_id: ord_5e6f7a8b } }
  report: GET /v1/reports/2024
  other:
    - { send: POST /refunds, body: { order: "{order_id}", lines: [{ sku: a b, count: 2 }, { sku: c }], none: null }, mediaType: application/x-www-form-urlencoded }
    - { send: PUT /note, body: "Of {order_id}", mediaType: text/plain; charset=utf-8, headers: { If-Match: "*" } }
`);

function askingOf(of: Plan, more: Partial<Parameters<typeof makeAsking>[0]> = {}): Asking {
  return makeAsking({ plan: of, contract: orders, depth: "plain", ...more });
}

const asking = askingOf(plan);
const find = (text: string): PlannedRequest => {
  const found = plan.requests.find(({ method, path }) => `${method} ${path}`.startsWith(text));
  if (found === undefined) throw new Error(`no request ${text}`);
  return found;
};
const [pay, report, refund, note, get, ping] = [
  find("POST /v1/orders"),
  find("GET /v1/reports"),
  find("POST /refunds"),
  find("PUT /note"),
  find("GET /v1/orders/{order_id}"),
  find("GET /{version}/ping"),
];
const show = (filled: Filled): string =>
  "lacks" in filled
    ? `lacks ${filled.lacks}`
    : `${filled.method} ${filled.path}${filled.body === undefined ? "" : ` ${filled.body.content}`}`;

test("who owns and who does not, and what the contract says of each request", () => {
  expect([asking.owner, asking.stranger, asking.depth]).toEqual(["alice", "bob", "plain"]);
  expect(asking.operationsOf(pay).map(({ name }) => name)).toEqual(["payOrder"]);
  expect(asking.operationsOf(refund)).toEqual([]);
  expect(asking.resourcesOf(get).map(({ resource }) => resource)).toEqual(["order"]);
  expect(asking.resourcesOf(report).map(({ resource }) => resource)).toEqual(["report"]);
  expect(asking.resourcesOf(refund)).toEqual([]);
  expect([ping, get, refund].map((request) => asking.isPublic(request))).toEqual([true, false, false]);
});

test("other and * may be public", async () => {
  const isPublic = (names: string) =>
    askingOf(plan, {
      contract: contractOf(`operations: { x: GET /x }\nerrors: [{ name: no, status: 401 }]\nauthentication: { public: [${names}] }`),
    }).isPublic(refund);
  expect(["other", '"*"', "x"].map(isPublic)).toEqual([true, true, false]);
});

describe("a request made concrete", () => {
  test("with an account's own ids, in its path and in its body", () => {
    expect(show(asking.own(pay, "alice"))).toBe(
      'POST /v1/orders/ord_1a2b3c4d/pay?v=v1 {"of":["ord_1a2b3c4d","see ord_1a2b3c4d"],"as":"{any}"}',
    );
    expect(show(asking.own(get, "bob"))).toBe("GET /v1/orders/ord_9c0d1e2f");
    expect(show(asking.own(ping, "bob"))).toBe("GET /v1/ping");
    expect(show(asking.own(report, "alice"))).toBe("GET /v1/reports/2024");
  });

  test("as a form, and as a text", () => {
    expect(asking.own(refund, "alice")).toEqual({
      method: "POST",
      path: "/refunds",
      headers: [],
      body: {
        content: "order=ord_1a2b3c4d&lines%5B%5D%5Bsku%5D=a+b&lines%5B%5D%5Bcount%5D=2&lines%5B%5D%5Bsku%5D=c",
        mediaType: "application/x-www-form-urlencoded",
      },
    });
    expect(asking.own(note, "alice")).toEqual({
      method: "PUT",
      path: "/note",
      headers: [["If-Match", "*"]],
      body: { content: "Of ord_1a2b3c4d", mediaType: "text/plain; charset=utf-8" },
    });
  });

  test("with given values, encoded as a segment", () => {
    expect(show(asking.fill(get, { order_id: "a/b?c#d e:f@g%ü" }, "alice"))).toBe("GET /v1/orders/a%2Fb%3Fc%23d%20e:f@g%25%C3%BC");
    expect(show(asking.fill(pay, pay.done ?? {}, "alice"))).toContain("POST /v1/orders/ord_5e6f7a8b/pay?v=v1 ");
    expect(show(asking.fill(ping, {}))).toBe("GET /v1/ping");
  });

  test("or what is lacking", async () => {
    expect(show(asking.own(report, "bob"))).toBe("lacks no report of bob's in the plan (resources.report.bob.own)");
    expect(show(asking.fill(get, {}))).toBe("lacks no account whose order it could be");
    const bare = await planOf("probe: 1\ntarget: http://a\naccounts: { alice: { credential: A } }");
    const lacking = bare.requests.map((request) => show(askingOf(bare).own(request, "alice")));
    expect(lacking).toEqual([
      "lacks no order of alice's in the plan (resources.order.alice.own)",
      "lacks no order of alice's in the plan (resources.order.alice.own)",
      "GET /v1/orders",
      "lacks no value of {version} in the plan (parameters.version)",
    ]);
  });

  test("with ids that nobody has: new ones each time, one for a request", () => {
    const [first, second] = [show(asking.missing(get, "bob")), show(asking.missing(get, "bob"))];
    expect(first).toMatch(/^GET \/v1\/orders\/ord_[0-9][a-f][0-9][a-f][0-9][a-f][0-9][a-f][a-z0-9]{12}$/);
    expect(second).not.toBe(first);
    expect(show(asking.missing(get, "bob", "read"))).toMatch(/^GET \/v1\/orders\/ord_[0-9][a-f][0-9][a-f][0-9][a-f][0-9][a-f]$/);
    const [, path, body] = /orders\/(\w+)\/pay.*"see (\w+)"/.exec(show(asking.missing(pay, "alice"))) ?? [];
    expect(path).toBe(body);
    expect(show(asking.missing(report, "bob"))).toMatch(/^GET \/v1\/reports\/[0-9]{16}$/);
    expect(show(asking.missing(report, "bob", "read"))).toMatch(/^GET \/v1\/reports\/[0-9]{4}$/);
  });

  test("what a body refers to is the asker's own, or missing where nobody asks", () => {
    expect(show(asking.missing(note, "bob"))).toBe("PUT /note Of ord_9c0d1e2f");
    expect(show(asking.missing(note))).toMatch(/^PUT \/note Of ord_\w{20}$/);
    for (const id of ["ord_1a2b3c4d", "ord_9c0d1e2f"]) expect(show(asking.missing(note))).not.toContain(id);
  });
});

/** Makes ids that nobody has, where the plan has one like this. */
const idsLike = async (own: string, more = "", seed = 1) => {
  const text = plainPlan.replace("ord_1a2b3c4d", () => JSON.stringify(own)).replace("parameters:", () => `${more}\nparameters:`);
  const of = await planOf(text);
  const resource = of.resources[0];
  if (resource === undefined) throw new Error("no resource");
  const from = askingOf(of, { seed });
  return Object.assign(() => from.missingId(resource, "read"), {
    far: () => from.missingId(resource),
    keepsLook: from.hasMissingOfItsLook(resource),
  });
};

describe("an id that nobody has", () => {
  test.each([
    ["8f14e45f-ceea-467f-a8b2-1c5d2f0e9a77", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ["crs_8F14E45FCEEA467FA8B21C5D2F0E9A77", /^crs_[0-9A-F]{12}4[0-9A-F]{3}[89AB][0-9A-F]{15}$/],
    ["01890a5d-ac96-774b-bcce-b302099a8057", /^01890a5d-ac96-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ["01ARZ3NDEKTSV4RRFFQ69G5FAV", /^01ARZ3NDEK[0-9A-HJKMNP-TV-Z]{16}$/],
    ["ord_01arz3ndektsv4rrffq69g5fav", /^ord_01arz3ndek[0-9a-hjkmnp-tv-z]{16}$/],
    ["1541815603606036480", /^154181560360[0-9]{7}$/],
    ["507f1f77bcf86cd799439011", /^507f1f77[0-9a-f]{16}$/],
    ["104233", /^9[0-9]{5}$/],
    ["order-2024-00042", /^order-2024-9[0-9]{4}$/],
    ["cus_NffrFeUfNV2Hib", /^cus_[A-Z][a-z]{3}[A-Z][a-z][A-Z][a-z][A-Z]{2}[0-9][A-Z][a-z]{2}$/],
    ["V1StGXR8_Z5jdHi6B-myT", /^[A-Z][0-9][A-Z][a-z][A-Z]{3}[0-9]_[A-Z][0-9][a-z]{2}[A-Z][a-z][0-9][A-Z]-[a-z]{2}[A-Z]$/],
    ["my-first-course", /^my-first-[a-z]{6}$/],
    ["dead0beefcafe123", /^[a-f]{4}[0-9][a-f]{8}[0-9]{3}$/],
  ])("looks like %s", async (own, look) => {
    const make = await idsLike(own);
    for (let turn = 0; turn < 20; turn++) expect(make()).toMatch(look);
  });

  test("takes the look of the id that the plan gives for it", async () => {
    expect((await idsLike("ord_1a2b3c4d", "    missing: none-0000"))()).toMatch(/^none-9[0-9]{3}$/);
  });

  test("a number is a higher one, as long as there is any", async () => {
    const make = await idsLike("995");
    const four = Array.from({ length: 4 }, make).sort();
    expect(four).toEqual(["996", "997", "998", "999"]);
    expect(make()).toMatch(/^9[0-9]{3}$/);
  });

  test("is never one of the plan's, comes once, and keeps length, kinds of characters and marks", async () => {
    const id = fc.stringMatching(/^[a-z]{1,6}[_-][A-Za-z0-9]{6,20}$/);
    await fc.assert(
      fc.asyncProperty(id, id, fc.integer(), async (own, other, seed) => {
        fc.pre(own !== other && own !== "ord_9c0d1e2f");
        const make = await idsLike(own, `    missing: ${JSON.stringify(own)}x`.replace(/ {4}missing.*/, ""), seed);
        const ids = Array.from({ length: 12 }, make);
        expect(new Set(ids).size).toBe(12);
        expect(ids).not.toContain(own);
        const kinds = (text: string) => text.replaceAll(/[a-z]/g, "a").replaceAll(/[A-Z]/g, "A").replaceAll(/[0-9]/g, "0");
        const prefix = own.slice(0, own.search(/[_-]/) + 1);
        for (const each of ids) {
          expect(each.startsWith(prefix)).toBe(true);
          expect(each).toHaveLength(own.length);
          // A ULID's and a hexadecimal id's letters and digits stand in any order.
          if (!/^[0-9a-f]+$/i.test(own.slice(prefix.length))) expect(kinds(each)).toBe(kinds(own));
        }
      }),
    );
  });

  test("never ends in a loop, and never is the plan's, whatever that is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 12 }), fc.integer(), async (own, seed) => {
        fc.pre(!/^\.{1,2}$/.test(own));
        const make = await idsLike(own, "", seed);
        const ids = Array.from({ length: 12 }, make);
        expect(new Set([own, "ord_5e6f7a8b", "ord_9c0d1e2f", ...ids]).size).toBe(new Set([own, "ord_5e6f7a8b", "ord_9c0d1e2f"]).size + 12);
      }),
    );
  });

  test("is made of nothing where nobody has any", async () => {
    const bare = await planOf("probe: 1\ntarget: http://a");
    const [order, whole] = bare.resources;
    if (order === undefined || whole === undefined) throw new Error("no resources");
    expect(askingOf(bare).missingId(order)).toMatch(/^[a-z]{8}[0-9]{8}$/);
    expect(askingOf(bare).missingId(whole)).toMatch(/^\/[a-z]{8}[0-9]{8}$/);
  });
});

describe("an id that nobody has, to write to", () => {
  test.each([
    ["42", /^[4-9][0-9]{15}$/],
    ["7", /^[4-9][0-9]{15}$/],
    ["00042", /^[4-9][0-9]{15}$/],
    ["u_12", /^u_[4-9][0-9]{15}$/],
    ["2024-17", /^2024-[4-9][0-9]{15}$/],
    ["1541815603606036480", /^[4-9][0-9]{18}$/],
    ["10000000000000042", /^[4-9][0-9]{18}$/],
    ["ab", /^[a-z]{14,}$/],
    ["A7", /^[A-Z][0-9][A-Z0-9]{12,}$/],
    ["my-first-course", /^my-first-[a-z]{18,}$/],
    ["ord_1a2b3c4e", /^ord_[0-9][a-f][0-9][a-f][0-9][a-f][0-9][a-f][a-z0-9]{12}$/],
  ])("is out of reach of %s, and not of its look", async (own, look) => {
    const make = await idsLike(own);
    expect(make.keepsLook).toBe(false);
    for (let turn = 0; turn < 20; turn++) expect(make.far()).toMatch(look);
  });

  test.each([
    ["8f14e45f-ceea-467f-a8b2-1c5d2f0e9a77", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ["01890a5d-ac96-774b-bcce-b302099a8057", /^01890a5d-ac96-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ["01ARZ3NDEKTSV4RRFFQ69G5FAV", /^01ARZ3NDEK[0-9A-HJKMNP-TV-Z]{16}$/],
    ["507f1f77bcf86cd799439011", /^507f1f77[0-9a-f]{16}$/],
    ["cus_NffrFeUfNV2Hib", /^cus_[A-Za-z0-9]{14}$/],
  ])("looks like %s, of which there are many", async (own, look) => {
    const make = await idsLike(own);
    expect(make.keepsLook).toBe(true);
    for (let turn = 0; turn < 20; turn++) expect(make.far()).toMatch(look);
  });

  test("is the plan's where it gives one of a look that few have", async () => {
    const make = await idsLike("42", '    missing: "987654"');
    expect([make.keepsLook, make.far(), make.far()]).toEqual([true, "987654", "987654"]);
    expect(make()).toMatch(/^9[0-9]{5}$/);
    const roomy = await idsLike("42", "    missing: 8f14e45f-ceea-467f-a8b2-1c5d2f0e9a77");
    expect(roomy.far()).toMatch(/^[0-9a-f]{8}-/);
  });

  test("a number is far above any that is counted up, and fits where numbers do", async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.integer(), async (own, seed) => {
        const id = BigInt((await idsLike(String(own), "", seed)).far());
        expect(id).toBeGreaterThan(own < 10n ** 15n ? 2n ** 52n - 1n : 2n ** 62n - 1n);
        expect(id).toBeLessThan(own < 10n ** 15n ? 2n ** 53n : 2n ** 63n);
      }),
    );
  });

  test("shares its beginning, and has at least twelve characters by chance", async () => {
    const id = fc.stringMatching(/^[a-z]{1,4}_[a-zA-Z0-9]{1,24}$/);
    await fc.assert(
      fc.asyncProperty(id, fc.integer(), async (own, seed) => {
        fc.pre(own !== "ord_9c0d1e2f" && own !== "ord_5e6f7a8b");
        const make = await idsLike(own, "", seed);
        const ids = Array.from({ length: 12 }, make.far);
        expect(new Set([own, ...ids]).size).toBe(13);
        const prefix = own.slice(0, own.indexOf("_") + 1);
        for (const each of ids) {
          expect(each.startsWith(prefix)).toBe(true);
          expect(each.length - prefix.length).toBeGreaterThanOrEqual(12);
          if (make.keepsLook) expect(each).toHaveLength(own.length);
        }
      }),
    );
  });
});

describe("a credential that opens nothing", () => {
  const made = (real: string, contract = orders): string => {
    const credentials = new Map([
      ["alice", [real]],
      ["bob", ["Bearer x"]],
    ]);
    return askingOf(plan, { contract, credentials }).madeUpCredential();
  };
  const jwt = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from('{"sub":"alice","exp":1999999999}').toString("base64url")}.Qm3vT0xk9LrWz2uYpN6sD1fGhJ8aKcVe`;

  test.each([
    [`Bearer sk_${"live_"}9Qm3vT0xk9LrWz2uYpN6sD1f`, /^Bearer sk_live_[0-9][A-Z][a-z][0-9][a-zA-Z0-9]{20}$/],
    ["Bearer kit-secret-of-alice", /^Bearer [a-z]{3}-[a-z]{6}-[a-z]{2}-[a-z]{5}$/],
    ["Token 0123456789abcdef0123456789abcdef", /^Token [0-9]{10}[a-f]{6}[0-9]{10}[a-f]{6}$/],
    [`Bearer ${jwt}`, /^Bearer eyJhbGciOiJIUzI1NiJ9\.eyJ[\w-]+\.[A-Za-z0-9]{32}$/],
    ["plain-0123456789", /^[a-z]{5}-[0-9]{10}$/],
  ])("looks like %s", (real, look) => {
    expect(made(real)).toMatch(look);
    expect(made(real)).not.toBe(made(real));
  });

  test("of Basic it is another user and another password", () => {
    const pair = Buffer.from(
      made(`Basic ${Buffer.from("alice:pass-word1").toString("base64")}`).slice("Basic ".length),
      "base64",
    ).toString();
    expect(pair).toMatch(/^[a-z]{5}:[a-z]{4}-[a-z]{4}[0-9]$/);
    expect(pair).not.toMatch(/alice|pass|word/);
  });

  test("of a JWT the claims are nobody's, and can be read", () => {
    const claims = JSON.parse(Buffer.from(made(`Bearer ${jwt}`).split(".")[1] ?? "", "base64url").toString());
    expect(Object.keys(claims)).toEqual(["sub"]);
    expect(claims.sub).not.toContain("alice");
  });

  test("without credentials, in a dry run, it is one that could be", () => {
    expect(asking.madeUpCredential()).toMatch(/^Bearer [A-Za-z0-9]{40}$/);
    const keyed = contractOf("errors: [{ name: no, status: 401 }]\nauthentication: { credential: { header: X-Api-Key } }");
    expect(askingOf(plan, { contract: keyed }).madeUpCredential()).toMatch(/^[A-Za-z0-9]{40}$/);
  });

  test("shares no character of the secret part with the real one, at its place", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_.~+/-]{8,60}$/), (token) => {
        fc.pre(!token.startsWith("eyJ"));
        const [scheme, fake = ""] = made(`Bearer ${token}`).split(" ");
        expect(scheme).toBe("Bearer");
        expect(fake).toHaveLength(token.length);
        const kept = /^(?:[A-Za-z]{1,8}[_-]){1,3}/.exec(token)?.[0].length ?? 0;
        const same = [...fake].filter((character, index) => index >= kept && /[A-Za-z0-9]/.test(character) && character === token[index]);
        expect(same).toEqual([]);
      }),
    );
  });
});

test("a seeded run asks the same again; one that is not does not", () => {
  const drawn = (seed?: number) => {
    const from = askingOf(plan, seed === undefined ? {} : { seed });
    return [from.random(12), from.random(8, "01"), from.randomInt(1000), show(from.missing(get)), from.madeUpCredential()];
  };
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
  expect(drawn()).not.toEqual(drawn());
  const [letters, bits, number] = drawn(7);
  expect(letters).toMatch(/^[a-z0-9]{12}$/);
  expect(bits).toMatch(/^[01]{8}$/);
  expect(number).toBeLessThan(1000);
});

test("credentials come from the environment", () => {
  expect([...readCredentials(plan, orders, { ALICE: "Bearer a1", BOB: "Bearer b1" })]).toEqual([
    ["alice", ["Bearer a1"]],
    ["bob", ["Bearer b1"]],
  ]);
});
