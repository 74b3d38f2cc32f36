import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseContract } from "../../../src/contract/parse.ts";
import { probe } from "../../../src/probe.ts";

const contract = `
envelint: 1
title: Orders
operations:
  changeOrder: PATCH /v1/orders/{order_id}
  createOrder: POST /v1/orders
envelopes:
  api: { pointer: /error, members: { message: /message, code: /code }, required: [message, code] }
errors:
  - { name: bad, status: 400, code: bad, retry: never }
  - { name: key-missing, status: 400, code: key_missing, operations: [createOrder], retry: never }
  - { name: gone, status: 404, code: gone, retry: never }
  - { name: failed, status: 500, code: failed, retry: backoff }
masking: [{ resource: order, parameter: order_id, answer: gone }]
idempotency: { key: { header: Idempotency-Key }, operations: { createOrder: required }, missing: key-missing }
`;

const create = "\n  createOrder: { send: POST /v1/orders, body: { amount: 5 } }";

const planOf = (target: string, requests = create) => `
probe: 1
target: ${target}
accounts: { ann: { credential: ANN } }
resources: { order: { ann: { own: ord_1a2b } } }
requests:
  changeOrder: { send: "PATCH /v1/orders/{order_id}", body: { amount: 5 } }${requests}
limits: { pace: 6000 }
`;

/** In which order a right server looks at what it is sent, and what it does with a body that it cannot read. */
interface Manners {
  readonly first: "key" | "body";
  readonly unreadable?: 400 | 500;
}

async function probeOrders({ first, unreadable = 400 }: Manners, requests?: string) {
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    const answer = (status: number, code: string) =>
      response
        .writeHead(status, { "content-type": "application/json", "x-request-id": "r" })
        .end(JSON.stringify({ error: { message: "No.", code } }));
    const lacksKey = request.method === "POST" && request.headers["idempotency-key"] === undefined;
    if (request.method === "PATCH") return answer(404, "gone");
    if (first === "key" && lacksKey) return answer(400, "key_missing");
    const amount = amountIn(text);
    if (amount === "unreadable" && unreadable === 500) return answer(500, "failed");
    if (typeof amount !== "number" || request.headers["content-type"] !== "application/json") return answer(400, "bad");
    if (lacksKey) return answer(400, "key_missing");
    return response.writeHead(201, { "content-type": "application/json" }).end('{"id":"ord_new"}');
  });
  const folder = await mkdtemp(join(tmpdir(), "envelint-body-"));
  try {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const file = join(folder, "plan.yaml");
    await writeFile(file, planOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests));
    let now = Date.now();
    const report = await probe(file, {
      contract: parseContract(contract),
      env: { ANN: "Bearer of-ann-alone" },
      seed: 7,
      probes: ["body/*"],
      now: () => now,
      sleep: async (milliseconds) => {
        now += milliseconds;
      },
    });
    const verdicts = report.probe?.probes.filter(({ sent }) => sent > 0) ?? [];
    const rules = report.findings.map(({ rule }) => rule);
    return { rules, verdicts: new Set(verdicts.map(({ verdict }) => verdict)), bad: report.coverage.rows.find(({ row }) => row === "bad") };
  } finally {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  }
}

test.each(["key", "body"] as const)("a right server that looks at the %s first passes, and its bodies are read", async (first) => {
  const { rules, verdicts, bad } = await probeOrders({ first });
  expect(rules).toEqual([]);
  expect(verdicts).toEqual(new Set(["pass"]));
  expect(bad?.verdict).toBe("kept");
});

test.each(["key", "body"] as const)(
  "one that stumbles over malformed JSON is found, whether it looks at the %s first or not",
  async (first) => {
    const { rules } = await probeOrders({ first, unreadable: 500 });
    expect(rules).toContain("disclosure/crashed-on-bad-input");
  },
);

test("where all there is to try is what nobody has, a 404 shows nothing of bodies", async () => {
  const { rules, verdicts, bad } = await probeOrders({ first: "body" }, "");
  expect(rules).toEqual([]);
  expect(verdicts).toEqual(new Set(["inconclusive"]));
  expect(bad?.verdict).toBe("inconclusive");
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function amountIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as { amount?: unknown }).amount : undefined;
  } catch {
    return "unreadable";
  }
}
