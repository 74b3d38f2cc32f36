import { describe, expect, it } from "vitest";
import { parseContract } from "../../../src/contract/parse.ts";
import { makeAsking } from "../../../src/probe/asking.ts";
import { idemRefusals, idem as keyed } from "../../../src/probe/catalogue/idem/index.ts";
import { state } from "../../../src/probe/catalogue/state/index.ts";
import { parsePlan } from "../../../src/probe/plan/read-plan.ts";
import { rehearse } from "../../../src/probe/rehearse.ts";
import { probeLive } from "../../kit/live/probe-live.ts";
import { idempotencyFaults } from "../../kit/server/faults/idempotency.ts";
import { liveKeyFaults } from "../../kit/server/faults/live-keys.ts";

/** What a dry run of the probes about keys lists. */
async function walk(contractText: string, planText: string) {
  const contract = parseContract(`envelint: 1\ntitle: t\n${contractText}`, { file: "t.yaml" });
  const plan = `probe: 1\ntarget: http://127.0.0.1:1\n${planText}`;
  const read = await parsePlan(plan, "plan.yaml", { cwd: "/", loadContract: async () => contract });
  const asking = makeAsking({ plan: read.plan, contract, depth: "plain", seed: 1 });
  const allowance = { readsOnly: false, writes: true, burst: true };
  return rehearse({ asking, probes: [...idemRefusals, ...keyed, ...state], last: [], allowance, budget: 1_000 });
}

const courses = "extends: builtin:course-api";
const launchOnly = `
accounts: { alice: { credential: A }, bob: { credential: B } }
requests:
  launchCourse: { send: "POST /v1/courses/{course_id}/launch" }
`;

describe("a dry run", () => {
  it("lists what a plan has all for, each at its level", async () => {
    const { asks, unasked } = await walk(
      courses,
      `
accounts: { alice: { credential: A }, bob: { credential: B } }
resources:
  course:
    alice: { own: crs_1, throwAway: crs_2, fresh: [crs_3, crs_4] }
    bob: { own: crs_9, fresh: [crs_8] }
requests:
  launchCourse: { send: "POST /v1/courses/{course_id}/launch", body: { title: Herbs }, done: { course_id: crs_2 } }
`,
    );
    const launch = "launchCourse";
    expect(asks.map(({ probe, ask }) => `${ask.level} ${probe}: ${ask.purpose}`)).toEqual([
      `1 idem/missing: ${launch} without a key, done already`,
      `1 idem/missing: ${launch} without a key, of what nobody has`,
      `1 idem/empty: ${launch} with an empty key`,
      `2 idem/too-long: ${launch} with a key of 10000 characters`,
      `2 idem/other-form: ${launch} with a key in quotes`,
      `2 idem/missing-fresh: ${launch} without a key`,
      `2 idem/launch: ${launch} with a new key`,
      `2 idem/replay: ${launch} repeated with its key (1 of 3)`,
      `2 idem/replay: ${launch} repeated with its key (2 of 3)`,
      `2 idem/replay: ${launch} repeated with its key (3 of 3)`,
      `2 idem/reuse: ${launch} with a used key, and another title`,
      `2 idem/reuse: ${launch} with a used key, of another course`,
      `2 idem/cross-account: ${launch} of one's own with another account's key`,
      `2 idem/concurrent: ${launch} twice at once with one key`,
      `2 idem/concurrent: ${launch} twice at once with one key`,
      `2 state/conflict: ${launch} of what it was done with already`,
    ]);
    expect(unasked).toEqual([]);
    const of = (id: string) => asks.filter(({ probe }) => probe === id).map(({ ask }) => `${JSON.stringify(ask.as)} ${ask.path}`);
    expect(of("idem/launch")).toEqual(['{"account":"alice"} /v1/courses/crs_3/launch']);
    expect(of("idem/reuse")[1]).toBe('{"account":"alice"} /v1/courses/crs_4/launch');
    expect(of("idem/cross-account")).toEqual(['{"account":"bob"} /v1/courses/crs_8/launch']);
    // Only what the contract forbids must fail.
    const musts = new Set(asks.filter(({ ask }) => ask.mustFail).map(({ probe }) => probe));
    expect([...musts]).toEqual(["idem/missing", "idem/empty", "idem/missing-fresh"]);
  });

  it("shows what it would make as what is not there yet", async () => {
    const { asks } = await walk(
      courses,
      `${launchOnly}
resources:
  course:
    alice: { own: crs_1 }
    create: { send: POST /v1/courses, body: { title: Herbs }, id: /id }
`,
    );
    const launch = asks.filter(({ probe }) => probe === "idem/launch").map(({ ask }) => `${ask.level} ${ask.method} ${ask.path}`);
    expect(launch).toEqual(["2 POST /v1/courses", "2 POST /v1/courses/<new course>/launch"]);
  });

  it("says what is missing, and for which rows", async () => {
    const { asks, unasked } = await walk(courses, `${launchOnly}\nresources: { course: { alice: { own: crs_1 } } }`);
    expect(asks.map(({ probe, ask }) => `${ask.level} ${probe}`)).toEqual(["1 idem/missing"]);
    const done = "nothing in the plan with which launchCourse was done already (requests.launchCourse.done)";
    const fresh = "no fresh course of alice in the plan (fresh), and no way to make one (create)";
    const used = "launchCourse could not be done with a key (idem/launch)";
    expect(unasked.map(({ probe, reason }) => `${probe}: ${reason}`)).toEqual([
      `idem/missing: ${done}`,
      `idem/empty: ${done}`,
      `idem/too-long: ${done}`,
      `idem/other-form: ${done}`,
      `idem/missing-fresh: ${fresh}`,
      `idem/launch: ${fresh}`,
      `idem/replay: ${used}`,
      `idem/reuse: ${used}`,
      `idem/cross-account: ${used}`,
      `idem/concurrent: ${fresh}`,
      "state/conflict: no `done` for launchCourse in the plan",
    ]);
    expect(unasked.find(({ probe }) => probe === "idem/missing")?.aims).toEqual(["idempotency-key-required"]);
  });

  it("asks nothing where the plan has no request, or the contract no keys", async () => {
    const none = await walk(courses, "accounts: { alice: { credential: A } }\nrequests: { health: GET /v1/health }");
    expect(none.asks).toEqual([]);
    const [first, ...others] = none.unasked;
    expect(first).toEqual({
      probe: "idem/missing",
      reason: "no request for launchCourse in the plan",
      aims: ["idempotency-key-required"],
      ask: undefined,
    });
    expect(new Set(others.map(({ reason }) => reason))).toEqual(
      new Set(["no request for launchCourse in the plan", "no operation in the plan that can be done only once, by the contract"]),
    );
    const without = await walk(
      "operations: { health: GET /health }\nerrors: [{ name: any, status: 4XX }]",
      "requests: { health: GET /health }",
    );
    expect(without.asks).toEqual([]);
    expect(new Set(without.unasked.filter(({ probe }) => probe.startsWith("idem/")).map(({ reason }) => reason))).toEqual(
      new Set(["the contract speaks of no idempotency keys"]),
    );
  });
});

describe("an API whose every call makes something new, with its key in the body", () => {
  const orders = `
operations: { createOrder: POST /v1/orders }
errors:
  - { name: key-missing, status: 400, operations: [createOrder] }
  - { name: key-busy, status: 409 }
idempotency: { key: { pointer: /meta/key }, syntax: uuid, operations: { createOrder: required }, missing: key-missing, inFlight: key-busy }`;
  const plan = `
accounts: { alice: { credential: A }, bob: { credential: B } }
requests:
  createOrder: { send: POST /v1/orders, body: { amount: 100, currency: eur } }`;

  it("is asked nothing below level 2, and finds its keys where it looks for them", async () => {
    const { asks, unasked } = await walk(orders, plan);
    expect(unasked.map(({ reason }) => reason)).toEqual([
      "createOrder makes something new each time (idem/missing-fresh asks it)",
      "no operation in the plan that can be done only once, by the contract",
    ]);
    expect(new Set(asks.map(({ ask }) => ask.level))).toEqual(new Set([2]));
    const bodies = (id: string) => asks.filter(({ probe }) => probe === id).map(({ ask }) => JSON.parse(String(ask.body?.content)));
    const [launched] = bodies("idem/launch");
    expect(launched).toEqual({
      amount: 100,
      currency: "eur",
      meta: { key: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) },
    });
    expect(bodies("idem/missing-fresh")).toEqual([{ amount: 100, currency: "eur" }]);
    expect(bodies("idem/empty")).toEqual([{ amount: 100, currency: "eur", meta: { key: "" } }]);
    expect(bodies("idem/replay")).toEqual([launched, launched, launched]);
    expect(bodies("idem/reuse")).toEqual([{ ...launched, amount: 101 }]);
    expect(bodies("idem/cross-account")).toEqual([launched]);
    const [one, two] = bodies("idem/concurrent");
    expect(one).toEqual(two);
    expect(one.meta.key).not.toBe(launched.meta.key);
    // There is nothing to have been done already.
    expect(asks.map(({ probe }) => probe)).not.toContain("idem/missing");
    expect(asks.map(({ probe }) => probe)).not.toContain("state/conflict");
  });

  it("is not asked to refuse what it may take", async () => {
    const { asks } = await walk(orders.replace("required", "optional"), plan);
    expect(asks.filter(({ ask }) => ask.mustFail).map(({ probe }) => probe)).toEqual(["idem/too-long"]);
    expect(asks.map(({ probe }) => probe)).not.toContain("idem/missing-fresh");
  });
});

const live = { probes: ["idem/*", "state/*"], allowWrites: true };

describe("a live server that keeps its promises", () => {
  it("keeps each of them, with nothing found", async () => {
    const { report } = await probeLive(live);
    expect(report.findings).toEqual([]);
    const asked = report.probe?.probes.filter(({ probe }) => /^(?:idem|state)\//.test(probe)) ?? [];
    expect(asked.map(({ verdict }) => verdict)).toEqual(asked.map(() => "pass"));
    const kept = (name: string) =>
      report.coverage.provisions.find(({ provision }) => provision === `idempotency:launchCourse:${name}`)?.verdict;
    expect(["key", "replay", "reuse"].map(kept)).toEqual(["kept", "kept", "kept"]);
    const row = (name: string) => report.coverage.rows.find((each) => each.row === name)?.verdict;
    expect(["idempotency-key-required", "already-launched"].map(row)).toEqual(["kept", "kept"]);
  });

  it("is asked nothing that may act, unless that is allowed", async () => {
    const { report, entries, log } = await probeLive({ ...live, allowWrites: false });
    expect(report.findings).toEqual([]);
    expect(entries.filter(({ _probe }) => _probe.level > 1)).toEqual([]);
    expect(log.filter(({ method, path }) => method === "POST" && !/crs_biology1|\/courses\/crs_[a-z0-9]{8}\/launch/.test(path))).toEqual(
      [],
    );
  });
});

/** In which probe each fault shows, and how badly. */
const shows: Readonly<Record<string, string>> = {
  "key-not-required": "error idem/missing-fresh",
  "missing-key-misanswered": "error idem/missing",
  "present-key-rejected": "error idem/launch",
  "replay-refused": "note idem/replay",
  "replay-unmarked": "warning idem/replay",
  "replay-repeats": "error idem/replay",
  "reuse-accepted": "error idem/reuse",
  "key-crosses-accounts": "error idem/cross-account",
  "in-flight-crashes": "warning idem/concurrent",
  "in-flight-refused": "warning idem/concurrent",
  "in-flight-repeats": "error idem/concurrent",
  "long-key-crashes": "error idem/too-long",
};

describe("a live server with a fault", () => {
  const faults = [...idempotencyFaults, ...liveKeyFaults];

  it("has each that there is", () => expect(Object.keys(shows)).toEqual(faults.map(({ name }) => name)));

  it.each(faults)("is found out: $breaks", async ({ name, rule, note, contract = "" }) => {
    const { report, entries } = await probeLive({ ...live, faults: [name], promises: contract });
    const [found, ...others] = report.findings.filter((finding) => finding.rule === rule && finding.note === note);
    expect(others).toEqual([]);
    const probes = new Set(found?.samples.map(({ entry }) => `${found.severity} ${entries[entry]?._probe.probe}`));
    expect([...probes][0]).toBe(shows[name]);
    // What another rule says of it is told by no other probe.
    const elsewhere = report.findings.filter(
      (finding) => finding !== found && !finding.samples.every(({ entry }) => entries[entry]?._probe.probe.startsWith("idem/")),
    );
    expect(elsewhere).toEqual([]);
  });

  it("is asked on where what was done in place of a refusal was allowed to be done", async () => {
    const { report, entries } = await probeLive({ ...live, faults: ["key-not-required"] });
    expect(report.probe?.stopped).toBeUndefined();
    const asked = entries.map(({ _probe }) => _probe.probe);
    expect(asked.lastIndexOf("idem/concurrent")).toBeGreaterThan(asked.indexOf("idem/missing-fresh"));
  });
});
