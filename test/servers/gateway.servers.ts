import { once } from "node:events";
import { request } from "node:http";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rules } from "../../rules/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { Contract } from "../../src/model/contract.ts";
import { makeExchange } from "../../src/rule-files/make-exchange.ts";
import { startFastify } from "../kit/frameworks/fastify.ts";
import type { FrameworkServer } from "../kit/frameworks/framework-server.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";
import { secrets } from "../kit/server/store.ts";
import { type Nginx, startNginx } from "./nginx.ts";

let api: FrameworkServer;
let nginx: Nginx;
let contract: Contract;
/** Takes connections, and never answers. */
const silent = createServer();

beforeAll(async () => {
  contract = await loadContract("builtin:course-api", { cwd: "." });
  api = await startFastify();
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  nginx = await startNginx(`
    client_max_body_size 64k;
    location / { proxy_pass ${api.url}; }
    location /v1/presets/ { proxy_pass http://127.0.0.1:9; }
    location /v1/slow/ { proxy_pass http://127.0.0.1:${port}; proxy_read_timeout 200ms; }
    location /v1/courses/closed { deny all; }
    location /v1/repaired/ { return 503; }
  `);
});
afterAll(async () => {
  await nginx.close();
  silent.close();
  await api.close();
});

/** Asks through nginx, and judges the answer by the built-in contract. */
async function ask(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body = "") {
  const sentHeaders = { authorization: `Bearer ${secrets.alice}`, ...(body !== "" && { "content-type": "application/json" }), ...headers };
  const at = Date.now();
  const sent = request(`${nginx.url}${path}`, { method, headers: sentHeaders });
  // Where nginx answers before it has read all, the rest of the body cannot be sent.
  sent.on("error", () => {});
  sent.end(body);
  const [response] = await once(sent, "response");
  let text = "";
  for await (const chunk of response) text += chunk;
  const exchange = makeExchange({
    method,
    url: `${nginx.url}${path}`,
    requestHeaders: sentHeaders,
    requestBody: body === "" ? null : body,
    status: response.statusCode,
    reason: response.statusMessage,
    headers: response.headers,
    body: text,
    at,
    account: "alice",
  });
  const { findings } = await judgeExchanges([exchange], contract, rules);
  return { status: response.statusCode, isPage: text.includes("<center>nginx"), rules: findings.map(({ rule }) => rule).sort() };
}

const byGateway = ["disclosure/version-banner", "envelope/gateway-answer"];

describe("nginx in front of Fastify", () => {
  it.each([
    { what: "an upstream that is down", path: "/v1/presets/pre_evenings", status: 502 },
    { what: "an upstream that hangs", path: "/v1/slow/course", status: 504 },
    { what: "a body beyond its limit", method: "POST", path: "/v1/courses", body: "x".repeat(70_000), status: 413 },
    { what: "an address beyond its limit", path: `/v1/courses?x=${"x".repeat(9_000)}`, status: 414 },
    { what: "a header beyond its limit", path: "/v1/courses", headers: { "x-padding": "x".repeat(9_000) }, status: 400 },
    { what: "a method that it keeps to itself", method: "TRACE", path: "/v1/courses", status: 405 },
    { what: "an address that is not let through", path: "/v1/courses/closed", status: 403 },
    { what: "a maintenance page", path: "/v1/repaired/", status: 503 },
  ])("$what is answered by the gateway, and said to be", async ({ method = "GET", path, headers, body, status }) => {
    const answer = await ask(method, path, headers, body);
    expect(answer).toMatchObject({ status, isPage: true });
    expect(answer.rules).toEqual(expect.arrayContaining(byGateway));
    expect(answer.rules.filter((rule) => rule.startsWith("envelope/"))).toEqual(["envelope/gateway-answer"]);
  });

  it("passes on what the API says", async () => {
    expect(await ask("GET", "/v1/courses/crs_nowhere1")).toMatchObject({
      status: 404,
      isPage: false,
      rules: ["disclosure/version-banner"],
    });
    expect(await ask("ENVELINT", "/v1/courses")).toMatchObject({ status: 400, isPage: false });
    expect((await ask("GET", "/v1/lessons")).rules).toContain("envelope/malformed");
  });
});
