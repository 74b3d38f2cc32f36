import { readFileSync } from "node:fs";

/** The plan of the example API, whose contract is examples/probe/contract.yaml. */
export const kitPlan = readFileSync(new URL("../../../examples/probe/plan.yaml", import.meta.url), "utf8");

/** A contract with nothing but a few rows, for an API that anybody may ask. */
export const tinyContract = `
envelint: 1
title: Tiny
operations:
  things: GET /things
  thing: "* /things/{id}"
  make: POST /things
envelopes:
  api: { pointer: /error, members: { message: /message }, required: [message] }
errors:
  - { name: bad, status: 400, retry: never }
  - { name: none, status: 404, operations: [thing], retry: never }
  - { name: failed, status: 500, retry: backoff }
`;

export const tinyPlan = `
probe: 1
target: http://127.0.0.1:1
parameters: { id: "7" }
requests:
  things: GET /things
  thing:
    - GET /things/{id}
    - DELETE /things/{id}
  make: { send: POST /things, body: { name: A thing, parts: [1] } }
`;

export const githubPlan = `
probe: 1
target: http://127.0.0.1:1
contract: builtin:github
accounts:
  alice: { credential: ALICE }
  bob: { credential: BOB }
parameters: { owner: octo }
resources:
  private repository:
    alice: { own: secret-repo, throwAway: old-repo }
    bob: { own: other-repo }
requests:
  repository:
    - GET /repos/{owner}/{repo}
    - { send: "POST /repos/{owner}/{repo}/issues", body: { title: Found } }
  other: GET /user
`;

export const stripePlan = `
probe: 1
target: http://127.0.0.1:1
contract: builtin:stripe
accounts:
  alice: { credential: ALICE }
parameters: { charge: ch_1 }
requests:
  other: GET /v1/charges/{charge}
  anyCreate: { send: POST /v1/customers, body: { name: Ann }, mediaType: application/x-www-form-urlencoded }
  anyDelete: DELETE /v1/customers/{charge}
`;
