import { expect, test } from "vitest";
import type { Contract } from "../../../src/model/contract.ts";
import { readCredentials } from "../../../src/probe/plan/credentials.ts";
import { PlanError } from "../../../src/probe/plan/plan-error.ts";
import { contractOf } from "../../contract/kit.ts";
import { orders, plainPlan, planOf } from "./kit.ts";

const credentialOf = (text: string): Contract =>
  contractOf(`errors: [{ name: no, status: 401 }]\nauthentication: { credential: ${text}, missing: no }`);

async function faultsOf(env: Record<string, string>, contract = orders): Promise<string[]> {
  const plan = await planOf(plainPlan);
  try {
    readCredentials(plan, contract, env);
    return [];
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    return error.message.split("\n");
  }
}

test("each account's values, in the order of the contract's credentials", async () => {
  const contract = credentialOf("[{ header: X-Api-Key }, { cookie: session }]");
  const plan = await planOf(
    "probe: 1\ntarget: http://a\naccounts: { alice: { credential: [KEY, SESSION] }, bob: { credential: [B] } }",
    contract,
  );
  expect([...readCredentials(plan, contract, { KEY: "k1", SESSION: "s1", B: "k2", C: "?" })]).toEqual([
    ["alice", ["k1", "s1"]],
    ["bob", ["k2"]],
  ]);
});

const bob = { BOB: "Bearer bobs-own" };
const whole = "it is to hold the whole value of the field, such as Bearer …";

test.each<[string, Record<string, string>, string[]]>([
  ["all is well", { ALICE: "Bearer s3cret", ...bob }, []],
  ["a scheme of one's own", { ALICE: "AWS4-HMAC-SHA256 Credential=s3cret, Signature=1", ...bob }, []],
  [
    "one that is not set",
    { ALICE: "Bearer s3cret" },
    ["plan.yaml:5:3: accounts.bob: the environment variable BOB is not set (it is to hold the value of header Authorization)"],
  ],
  ["an empty one", { ALICE: " ", ...bob }, ["plan.yaml:4:3: accounts.alice: the environment variable ALICE is empty"]],
  [
    "a bare token",
    { ALICE: "s3cret", ...bob },
    [`plan.yaml:4:3: accounts.alice: the environment variable ALICE holds no scheme and credential (${whole})`],
  ],
  [
    "a bare scheme",
    { ALICE: "Bearer", ...bob },
    [`plan.yaml:4:3: accounts.alice: the environment variable ALICE holds no scheme and credential (${whole})`],
  ],
  [
    "a line break",
    { ALICE: "Bearer s3cret\r\nX-Admin: 1", ...bob },
    ["plan.yaml:4:3: accounts.alice: the environment variable ALICE holds a line break (a credential is one line)"],
  ],
  [
    "a space behind it",
    { ALICE: "Bearer s3cret ", ...bob },
    ["plan.yaml:4:3: accounts.alice: the environment variable ALICE begins or ends with a space"],
  ],
  [
    "the field's name",
    { ALICE: "authorization: Bearer s3cret", ...bob },
    ["plan.yaml:4:3: accounts.alice: the environment variable ALICE holds the name Authorization as well (the value of the field alone)"],
  ],
  [
    "what no field can have",
    { ALICE: "Bearer s3cret…", ...bob },
    ["plan.yaml:4:3: accounts.alice: the environment variable ALICE holds characters that no header field can have"],
  ],
  [
    "one credential for two",
    { ALICE: "Bearer s3cret", BOB: "Bearer s3cret" },
    [
      "plan.yaml:5:3: accounts.bob: the environment variables ALICE and BOB hold the same (two accounts with one credential are one account)",
    ],
  ],
])("%s", async (_, env, expected) => {
  const faults = await faultsOf(env);
  expect(faults).toEqual(expected);
  expect(faults.join()).not.toContain("s3cret");
});

test("other places have other rules", async () => {
  expect(await faultsOf({ ALICE: "bare", BOB: "token" }, credentialOf("{ header: X-Api-Key }"))).toEqual([]);
  expect(await faultsOf({ ALICE: "key=a", BOB: "b" }, credentialOf("{ query: key }"))).toEqual([
    "plan.yaml:4:3: accounts.alice: the environment variable ALICE holds the parameter's name as well (the value alone)",
  ]);
  expect(await faultsOf({ ALICE: "session=a", BOB: "b;c" }, credentialOf("{ cookie: session }"))).toEqual([
    "plan.yaml:4:3: accounts.alice: the environment variable ALICE holds the cookie's name as well (the value alone)",
    "plan.yaml:5:3: accounts.bob: the environment variable BOB holds characters that no cookie's value can have",
  ]);
});
