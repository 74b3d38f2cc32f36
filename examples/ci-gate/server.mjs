// An orders API, small enough to read: accounts by their keys, orders that only their owner sees, a rate limit.
//   node server.mjs          at port 3000, or PORT
// CHANGE=forbidden and CHANGE=harmless are two changes that somebody might make to it; see README.md.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const accounts = new Map([
  ["key_alice_5b1f0c9e7d", "alice"],
  ["key_bob_a83d6e2f41", "bob"],
  ["key_carol_0f94c7b2d8", "carol"],
]);

/** So many requests of an account in so many seconds. */
const limit = { requests: 20, seconds: 10 };

/** The errors that errors.yaml promises. */
class ApiError extends Error {
  constructor(status, type, code, message, headers = {}) {
    super(message);
    Object.assign(this, { status, type, code, headers });
  }
}

export function createOrdersServer({ change = "", now = Date.now } = {}) {
  const orders = new Map();
  const windows = new Map();

  function authenticate(req) {
    const key = /^Bearer (.+)$/.exec(req.headers.authorization ?? "")?.[1];
    const account = accounts.get(key);
    if (account !== undefined) return account;
    throw new ApiError(401, "authentication_error", "invalid_key", "This needs a valid key.", {
      "WWW-Authenticate": 'Bearer realm="orders"',
    });
  }

  function countRequest(account) {
    const begun = windows.get(account);
    const window = begun !== undefined && now() - begun.at < limit.seconds * 1000 ? begun : { at: now(), requests: 0 };
    windows.set(account, window);
    window.requests++;
    if (window.requests <= limit.requests) return;
    const wait = Math.max(1, Math.ceil((window.at + limit.seconds * 1000 - now()) / 1000));
    throw new ApiError(429, "rate_limit_error", "too_many_requests", `Ask again in ${wait} s.`, { "Retry-After": String(wait) });
  }

  /** An order of somebody else's is as good as none: whether it is there is nobody's business. */
  function findOrder(id, account) {
    const order = orders.get(id);
    if (order?.owner === account) return order;
    if (order !== undefined && change === "forbidden")
      throw new ApiError(403, "permission_error", "not_your_order", "This order is not yours.");
    const message = change === "harmless" ? "We could not find that order." : "There is no such order.";
    throw new ApiError(404, "not_found_error", "order_not_found", message);
  }

  async function createOrder(req, account) {
    const { item, quantity } = await readJson(req);
    if (typeof item !== "string" || item === "") throw invalid("item", "item must be a text.");
    if (!Number.isInteger(quantity) || quantity < 1) throw invalid("quantity", "quantity must be a number from 1.");
    const order = { id: `ord_${randomUUID().slice(0, 8)}`, owner: account, item, quantity, status: "open" };
    orders.set(order.id, order);
    return [201, show(order), { Location: `/v1/orders/${order.id}` }];
  }

  function cancelOrder(id, account) {
    const order = findOrder(id, account);
    if (order.status === "cancelled") throw new ApiError(409, "conflict_error", "already_cancelled", "This order is cancelled already.");
    order.status = "cancelled";
    return [200, show(order)];
  }

  function show({ owner: _, ...order }) {
    return change === "harmless" ? { ...order, currency: "EUR" } : order;
  }

  async function answer(req) {
    const { pathname } = new URL(req.url, "http://orders");
    const [, id, action] = /^\/v1\/orders(?:\/([^/]+)(?:\/([^/]+))?)?$/.exec(pathname) ?? [];
    if (!pathname.startsWith("/v1/orders") || (action !== undefined && action !== "cancel"))
      throw new ApiError(404, "not_found_error", "no_such_route", `There is nothing at ${pathname}.`);
    const account = authenticate(req);
    countRequest(account);
    const { method } = req;
    if (id === undefined && method === "POST") return createOrder(req, account);
    if (id === undefined && method === "GET")
      return [200, { orders: [...orders.values()].filter(({ owner }) => owner === account).map(show) }];
    if (action === "cancel" && method === "POST") return cancelOrder(id, account);
    if (id !== undefined && action === undefined && method === "GET") return [200, show(findOrder(id, account))];
    const allow = action === "cancel" ? "POST" : id === undefined ? "GET, POST" : "GET";
    throw new ApiError(405, "invalid_request_error", "method_not_allowed", `${method} is not for this address.`, { Allow: allow });
  }

  return createServer(async (req, res) => {
    const [status, body, headers = {}] = await answer(req).catch(describe);
    res.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers });
    res.end(JSON.stringify(body));
  });
}

function describe(error) {
  if (!(error instanceof ApiError)) return [500, { error: { type: "server_error", message: "Something went wrong here." } }];
  const { status, type, code, param, message, headers } = error;
  return [status, { error: { type, code, ...(param !== undefined && { param }), message } }, headers];
}

function invalid(param, message) {
  return Object.assign(new ApiError(400, "invalid_request_error", "invalid_parameter", message), { param });
}

async function readJson(req) {
  const text = (await req.toArray()).join("");
  try {
    return JSON.parse(text) ?? {};
  } catch {
    throw new ApiError(400, "invalid_request_error", "malformed_body", "The body is no JSON.");
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = createOrdersServer({ change: process.env.CHANGE });
  server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => console.log(`Orders at http://127.0.0.1:${server.address().port}`));
}
