import { parseContract } from "../../../src/contract/parse.ts";
import type { Contract } from "../../../src/model/contract.ts";
import type { Plan } from "../../../src/probe/plan/plan.ts";
import { PlanError } from "../../../src/probe/plan/plan-error.ts";
import { parsePlan } from "../../../src/probe/plan/read-plan.ts";

/** A contract with a masked resource of two kinds, and operations with and without stars. */
export const orders: Contract = parseContract(`
envelint: 1
title: Orders
operations:
  getOrder: GET /v1/orders/{order_id}
  changeOrder: PATCH /v1/orders/{order_id}
  payOrder: POST /**/orders/{order_id}/pay
  listOrders: GET /v1/orders
  ping: GET /{version}/ping
  report: GET /v1/reports/*
errors:
  - { name: not-found, status: 404 }
  - { name: denied, status: 401 }
masking:
  - { resource: order, parameter: order_id, answer: not-found }
  - { resource: report, operations: [report], answer: not-found }
authentication: { credential: { header: Authorization }, missing: denied, public: [ping] }
rateLimit: { requests: 100, window: 60, per: account }
idempotency: { operations: { payOrder: required } }
`);

/** A plan without faults; `more` are further lines, `without` is left out. */
export const plainPlan = `probe: 1
target: https://staging.example.com
accounts:
  alice: { credential: ALICE }
  bob: { credential: BOB }
resources:
  order:
    alice: { own: ord_1a2b3c4d, throwAway: ord_5e6f7a8b }
    bob: { own: ord_9c0d1e2f }
parameters: { version: v1 }
`;

export async function planOf(text: string, contract = orders): Promise<Plan> {
  return (await parsePlan(text, "plan.yaml", { cwd: "/work-folder", loadContract: async () => contract })).plan;
}

/** `line:column path: message (advice)` of each fault; empty = there is none. */
export async function faultsOf(text: string, contract = orders): Promise<string[]> {
  try {
    await planOf(text, contract);
    return [];
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    return error.faults.map(
      ({ line, column, path, message, advice }) => `${line}:${column} ${path}: ${message}${advice === undefined ? "" : ` (${advice})`}`,
    );
  }
}
