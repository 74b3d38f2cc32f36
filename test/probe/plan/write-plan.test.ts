import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import planSchema from "../../../schemas/plan.schema.json" with { type: "json" };
import { loadContract } from "../../../src/contract/load.ts";
import { PlanError } from "../../../src/probe/plan/plan-error.ts";
import { parsePlan } from "../../../src/probe/plan/read-plan.ts";
import { writePlan } from "../../../src/probe/plan/write-plan.ts";
import { compileSchema } from "../../../src/syntax/json-schema.ts";
import { contractOf } from "../../contract/kit.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const contracts = ["contracts", "examples/contracts", "examples/probe"].flatMap((folder) =>
  readdirSync(`${root}${folder}`)
    .filter((file) => file.endsWith(".yaml") && file !== "plan.yaml")
    .map((file) => `${folder}/${file}`),
);

test.each(contracts)("the plan for %s lacks nothing but what is to be filled in", async (file) => {
  const contract = await loadContract(file, { cwd: root });
  const text = writePlan(contract);
  expect(compileSchema(planSchema)(parse(text))).toBe(true);
  const failure = await parsePlan(text, "plan.yaml", { cwd: root, loadContract: async () => contract }).catch((error) => error);
  expect(failure).toBeInstanceOf(PlanError);
  expect(new Set((failure as PlanError).faults.map(({ message }) => message))).toEqual(new Set(["is still to be filled in"]));
  // And once it is: ids differ by account, paths and parameters are plain.
  let count = 0;
  const filled = text.replace("https://<fill-in>", "https://staging.example.com").replaceAll(/<fill-in>/g, () => `x${++count}`);
  const { plan } = await parsePlan(filled, "plan.yaml", { cwd: root, loadContract: async () => contract });
  expect(plan.requests.length).toBeGreaterThanOrEqual(contract.operations.length);
  expect(plan.target).toBe("https://staging.example.com");
});

test("a template without stars gives its requests as they are, one with them what is to be written", () => {
  const contract = contractOf(`
operations:
  getOrder: GET /v1/orders/{order_id}
  changeOrder: PUT|PATCH /v1/orders/{order_id}
  anyOrder: "* /**/orders/{order_id}/**"
  batch: POST /v1/batch-*/{kind}
errors: [{ name: not-found, status: 404 }]
masking: [{ resource: order, parameter: order_id, answer: not-found }]
authentication: { credential: { header: X-Api-Key } }
idempotency: { operations: { batch: required } }`);
  const text = writePlan(contract, { contract: "./orders.yaml", target: "http://127.0.0.1:80/api" });
  expect(parse(text)).toEqual({
    probe: 1,
    target: "http://127.0.0.1:80/api",
    contract: "./orders.yaml",
    accounts: { alice: { credential: "ALICE_CREDENTIAL" }, bob: { credential: "BOB_CREDENTIAL" } },
    resources: { order: { alice: { own: "<fill-in>" }, bob: { own: "<fill-in>" } } },
    parameters: { kind: "<fill-in>" },
    requests: {
      getOrder: ["GET /v1/orders/{order_id}"],
      changeOrder: [
        { send: "PUT /v1/orders/{order_id}", body: "<fill-in>" },
        { send: "PATCH /v1/orders/{order_id}", body: "<fill-in>" },
      ],
      anyOrder: ["GET /<fill-in>/orders/{order_id}"],
      batch: [{ send: "POST /v1/batch-<fill-in>/{kind}", body: "<fill-in>" }],
    },
  });
  expect(text).toContain("header X-Api-Key");
  expect(text).toContain("Takes a key (header Idempotency-Key), required.");
});

test("several credentials have a variable each", () => {
  const contract = contractOf(`
errors: [{ name: no, status: 401 }]
authentication: { credential: [{ header: X-Api-Key }, { cookie: session }], missing: no }`);
  expect(parse(writePlan(contract)).accounts.alice).toEqual({ credential: ["ALICE_X_API_KEY", "ALICE_SESSION"] });
});

test("the built-in contract's plan, as it is read by whoever fills it in", async () => {
  await expect(writePlan(await loadContract())).toMatchFileSnapshot("course-api.plan.yaml");
});
