import { expect, test } from "vitest";
import type { Ask } from "../../../src/probe/ask.ts";
import { body } from "../../../src/probe/catalogue/body/index.ts";
import { oversized } from "../../../src/probe/catalogue/body/oversized.ts";
import { schema } from "../../../src/probe/catalogue/body/schema.ts";
import { wrongMediaType } from "../../../src/probe/catalogue/body/wrong-type.ts";
import { githubPlan, kitPlan, stripePlan, tinyContract, tinyPlan } from "./plans.ts";
import { askingFor, asks, linesOf, replyOf, skips } from "./walk.ts";

test("bad bodies go to the operation that creates, and aim at the rows for bad requests", async () => {
  const asked = asks(await askingFor(kitPlan), ...body).filter(({ level }) => level === 1);
  expect(new Set(asked.map(({ method, path }) => `${method} ${path}`))).toEqual(new Set(["POST /v1/courses"]));
  expect(new Set(asked.flatMap(({ aims = [] }) => aims))).toEqual(new Set(["invalid-request", "unsupported-media-type"]));
});

test("where each write names a masked resource, malformed bodies go to one that may be lost; what might be understood does so at level 2", async () => {
  const asked = asks(await askingFor(githubPlan), ...body);
  expect(new Set(linesOf(asked))).toEqual(
    new Set([1, 2].map((level) => `${level} alice POST /repos/octo/old-repo/issues → bad-json, validation`)),
  );
  const careful = asked.filter(({ level }) => level === 1).map(({ purpose }) => purpose);
  expect(careful).toEqual(["JSON that breaks off", "lists 200 deep, not closed", "bytes that are no UTF-8"]);
  expect(asked.every(({ mustFail }) => mustFail)).toBe(true);
});

test("where nothing may be lost, nobody has it; that it is not there is not what is aimed at", async () => {
  const asked = asks(await askingFor(githubPlan.replace(", throwAway: old-repo", "")), ...body).filter(({ level }) => level === 1);
  expect(new Set(linesOf(asked).map((line) => line.replace(/(?<=octo\/)[^/]+/, "…")))).toEqual(
    new Set(["1 alice POST /repos/octo/…/issues → bad-json, validation"]),
  );
  expect(asked.some(({ path }) => path.includes("secret-repo"))).toBe(false);
});

/** A write that changes, and one that creates with a key. */
const orders = (key: string, duty = "required") => `
envelint: 1
title: Orders
operations:
  changeOrder: PATCH /v1/orders/{order_id}
  createOrder: POST /v1/orders
envelopes:
  api: { pointer: /error, members: { message: /message }, required: [message] }
errors:
  - { name: bad, status: 400, retry: never }
  - { name: key-missing, status: 400, operations: [createOrder], retry: never }
  - { name: gone, status: 404, retry: never }
masking: [{ resource: order, parameter: order_id, answer: gone }]
idempotency: { key: ${key}, operations: { createOrder: ${duty} }, missing: key-missing }
`;
const ordersPlan = `
probe: 1
target: http://127.0.0.1:1
accounts: { ann: { credential: ANN } }
resources: { order: { ann: { own: ord_1, throwAway: ord_2 } } }
requests:
  changeOrder: { send: "PATCH /v1/orders/{order_id}", body: { amount: 5 } }
  createOrder: { send: POST /v1/orders, body: { amount: 5, note: Mine } }
limits: { oversized: true }
`;

test.each(["required", "optional"])("what creates is tried even if it takes a key, %s; each time with a new one", async (duty) => {
  const asked = asks(await askingFor(ordersPlan, orders("{ header: Idempotency-Key }", duty)), ...body);
  expect(new Set(asked.map(({ method, path }) => `${method} ${path}`))).toEqual(new Set(["POST /v1/orders"]));
  const keys = asked.map(({ headers = [] }) => headers.filter(([name]) => name === "Idempotency-Key").map(([, value]) => value));
  expect(keys.every((values) => values.length === 1 && /^[0-9a-f-]{36}$/.test(values[0] ?? ""))).toBe(true);
  expect(new Set(keys.flat()).size).toBe(asked.length);
});

test("a key that stands in the body is there, new and right, wherever the body has room for one", async () => {
  const asked = asks(await askingFor(ordersPlan, orders("{ pointer: /meta/key }")), ...body);
  const keys = asked.flatMap(({ body: sent }) => {
    const value = parse(sent) as { readonly meta?: { readonly key?: string } } | "malformed" | null;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? [value.meta?.key] : [];
  });
  expect(keys).toHaveLength(9);
  expect(keys.every((key) => /^[0-9a-f-]{36}$/.test(key ?? ""))).toBe(true);
  expect(new Set(keys).size).toBe(keys.length);
  const twice = asked.find(({ purpose }) => purpose === "each member twice, of a wrong type");
  expect(String(twice?.body?.content).split('"amount"')).toHaveLength(3);
});

test("what only the plan's own values name is tried below, and not changed", async () => {
  const plan = tinyPlan.replace(/^ {2}make:.*$/m, "  other: { send: 'POST /things/{id}/parts', body: { name: A part } }");
  const asked = asks(await askingFor(plan, tinyContract), ...body);
  expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(["/things/7/parts"]));
});

test("whoever needs no account is nobody", async () => {
  const asked = asks(await askingFor(tinyPlan, tinyContract), ...body);
  expect(new Set(linesOf(asked))).toEqual(new Set(["1 anonymous POST /things → bad", "2 anonymous POST /things → bad"]));
});

test("an operation whose bodies are no JSON is left alone", async () => {
  const asking = await askingFor(stripePlan);
  expect(asks(asking, ...body)).toEqual([]);
  expect(skips(asking, ...body)).toContain("no request with a JSON object as its body in the plan");
});

test("malformed bodies do not parse, the others are not what the operation takes", async () => {
  const asked = asks(await askingFor(tinyPlan, tinyContract), ...body.filter(({ id }) => !/schema|wrong-type/.test(id)));
  const parsed = asked.map(({ body: sent }) => parse(sent));
  expect(parsed).toEqual(["malformed", "malformed", [], null, "malformed", { name: { envelint: true }, parts: "envelint" }, "malformed"]);
});

test("a body of another media type is wrong in itself as well: a server that does not look at the type makes nothing of it", async () => {
  const asked = asks(await askingFor(tinyPlan, tinyContract, "all"), wrongMediaType);
  expect(asked.map(({ body: sent }) => sent?.mediaType)).toEqual(["text/plain", undefined, "application/xml"]);
  expect(parse(asked[0]?.body)).toEqual({ name: { envelint: true }, parts: "envelint" });
});

test("one member alone is put wrong at level 2 only", async () => {
  const asked = asks(await askingFor(tinyPlan, tinyContract), schema);
  expect(asked.map(({ level, body: sent }) => [level, parse(sent)])).toEqual([
    [1, { name: { envelint: true }, parts: "envelint" }],
    [2, { name: { envelint: true }, parts: [1] }],
    [2, { name: "A thing", parts: "envelint" }],
  ]);
});

test("ids stand in the body for their placeholders", async () => {
  const sent = asks(await askingFor(kitPlan), schema).map(({ body: each }) => String(each?.content));
  expect(sent.some((text) => text.includes("pre_evenings"))).toBe(true);
  expect(sent.some((text) => text.includes("{preset_id}"))).toBe(false);
});

test("large bodies are sent where the plan allows it, until one is too large", async () => {
  const off = await askingFor(kitPlan);
  expect(asks(off, oversized)).toEqual([]);
  expect(skips(off, oversized)).toEqual(["unusual sizes are off (limits.oversized)"]);
  const asking = await askingFor(kitPlan.replace(/^limits:.*$/m, "limits: { oversized: true }"));
  expect(asks(asking, oversized).map(({ body: sent }) => Math.floor(String(sent?.content).length / 1_024))).toEqual([64, 1_024, 10_240]);
  const run = oversized.ask(asking);
  run.next([]);
  expect(run.next([replyOf(400)]).done).toBe(false);
  expect(run.next([replyOf(413)]).done).toBe(true);
});

function parse(sent: Ask["body"]): unknown {
  const { content = "" } = sent ?? {};
  try {
    return JSON.parse(typeof content === "string" ? content : new TextDecoder().decode(content));
  } catch {
    return "malformed";
  }
}
