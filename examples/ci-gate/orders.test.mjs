// The API's own tests. They ask at ORDERS_URL, whoever listens there: the server itself, or a proxy before it.
import assert from "node:assert/strict";
import { test } from "node:test";

const address = process.env.ORDERS_URL ?? "http://127.0.0.1:3000";
const keys = { alice: "key_alice_5b1f0c9e7d", bob: "key_bob_a83d6e2f41", carol: "key_carol_0f94c7b2d8" };

async function ask(method, path, { as, body } = {}) {
  const response = await fetch(address + path, {
    method,
    headers: { ...(as && { Authorization: `Bearer ${keys[as]}` }), ...(body && { "Content-Type": "application/json" }) },
    ...(body && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function order(as) {
  const made = await ask("POST", "/v1/orders", { as, body: { item: "tea", quantity: 2 } });
  assert.equal(made.status, 201);
  return made.body.id;
}

test("an order can be made, read and cancelled once", async () => {
  const id = await order("alice");
  assert.equal((await ask("GET", `/v1/orders/${id}`, { as: "alice" })).body.item, "tea");
  assert.equal((await ask("POST", `/v1/orders/${id}/cancel`, { as: "alice" })).body.status, "cancelled");
  assert.equal((await ask("POST", `/v1/orders/${id}/cancel`, { as: "alice" })).status, 409);
});

test("an order is its owner's alone", async () => {
  const id = await order("alice");
  // Written in a hurry: any error will do. The contract is stricter.
  assert.ok((await ask("GET", `/v1/orders/${id}`, { as: "bob" })).status >= 400);
  assert.ok((await ask("POST", `/v1/orders/${id}/cancel`, { as: "bob" })).status >= 400);
  assert.equal((await ask("GET", `/v1/orders/${id}`, { as: "alice" })).body.status, "open");
  assert.deepEqual((await ask("GET", "/v1/orders", { as: "bob" })).body.orders, []);
});

test("what is not there is not found", async () => {
  assert.equal((await ask("GET", "/v1/orders/ord_00000000", { as: "bob" })).status, 404);
  assert.equal((await ask("GET", "/v1/basket", { as: "bob" })).status, 404);
});

test("a key is needed", async () => {
  assert.equal((await ask("GET", "/v1/orders")).status, 401);
});

test("bad orders are refused", async () => {
  for (const body of [{ item: "tea", quantity: 0 }, { item: "", quantity: 1 }, "{"])
    assert.equal((await ask("POST", "/v1/orders", { as: "bob", body })).status, 400);
  assert.equal((await ask("DELETE", "/v1/orders", { as: "bob" })).status, 405);
});

test("an account that asks too often is told to wait", async () => {
  for (let asked = 0; asked < 40; asked++) {
    const { status, headers } = await ask("GET", "/v1/orders", { as: "carol" });
    if (status !== 429) continue;
    assert.ok(Number(headers.get("retry-after")) > 0);
    return;
  }
  assert.fail("40 requests, and no limit");
});
