import { describe, expect, it } from "vitest";
import { parseContract } from "../../../src/contract/parse.ts";
import { makeAsking } from "../../../src/probe/asking.ts";
import { rate } from "../../../src/probe/catalogue/rate/index.ts";
import { parsePlan } from "../../../src/probe/plan/read-plan.ts";
import { rehearse } from "../../../src/probe/rehearse.ts";
import { type LiveOptions, probeLive } from "../../kit/live/probe-live.ts";
import { liveLimitFaults } from "../../kit/server/faults/live-limits.ts";
import { rateLimitFaults } from "../../kit/server/faults/rate-limit.ts";

/** What a dry run of the probes about limits lists, each purpose once, and how often. */
async function walk(contractText: string, planText: string) {
  const contract = parseContract(`envelint: 1\ntitle: t\n${contractText}`, { file: "t.yaml" });
  const plan = `probe: 1\ntarget: http://127.0.0.1:1\n${planText}`;
  const read = await parsePlan(plan, "plan.yaml", { cwd: "/", loadContract: async () => contract });
  const asking = makeAsking({ plan: read.plan, contract, depth: "plain", seed: 1 });
  const { asks, unasked } = rehearse({
    asking,
    probes: rate,
    last: [],
    allowance: { readsOnly: false, writes: false, burst: true },
    budget: 1_000,
  });
  const counts = new Map<string, number>();
  for (const { ask } of asks) counts.set(ask.purpose, (counts.get(ask.purpose) ?? 0) + 1);
  return { asks, counts: Object.fromEntries(counts), skipped: unasked.map(({ reason, aims }) => `${reason} [${aims.join(", ")}]`) };
}

const plan = `
accounts: { alice: { credential: A }, bob: { credential: B } }
resources:
  course: { alice: { own: crs_1 }, bob: { own: crs_9 } }
requests:
  anyCourse: [GET "/v1/courses/{course_id}/artifacts", GET "/v1/courses/{course_id}"]
  health: GET /v1/health
  other: GET /v1/courses
`.replaceAll('GET "', '"GET ');

const never = "not provoked on purpose: a capture can show it [regen-cap-reached, quota-exceeded, server-error]";

describe("a dry run", () => {
  it("lists a burst of the cheapest read, and what is asked while the limit lasts", async () => {
    const { asks, counts, skipped } = await walk("extends: builtin:course-api", plan);
    expect(counts).toEqual({
      "burst, until the limit answers": 77,
      "while limited: another operation": 1,
      "while limited: the first operation again": 1,
      "while limited: another account": 1,
      "while limited: another account's course": 2,
      "while limited: a course that nobody has": 2,
      "while limited: with a credential that opens nothing": 1,
      "while limited: too early, at half of the wait": 1,
      "after the wait that was announced": 1,
    });
    expect(skipped).toEqual([never]);
    expect(new Set(asks.map(({ ask }) => `${ask.level} ${ask.method} ${ask.unpaced} ${ask.takesLimit}`))).toEqual(
      new Set(["3 GET true true"]),
    );
    expect(asks[0]?.ask).toMatchObject({ path: "/v1/courses/crs_1", as: { account: "alice" }, aims: ["rate-limited"], after: 60_000 });
    expect(asks.map(({ ask }) => ask.after ?? 0).filter((after) => after > 0)).toEqual([...new Array(8).fill(60_000), 30_000, 31_100]);
    expect(asks.find(({ ask }) => ask.purpose.endsWith("another operation"))?.ask.path).toBe("/v1/courses");
    expect(asks.find(({ ask }) => ask.purpose.endsWith("another account"))?.ask).toMatchObject({
      path: "/v1/courses/crs_9",
      as: { account: "bob" },
    });
    expect(asks.find(({ ask }) => ask.purpose.endsWith("account's course"))?.ask).toMatchObject({
      path: "/v1/courses/crs_9",
      as: { account: "alice" },
      target: { resource: "course", is: "foreign" },
    });
  });

  it.each([
    [
      "a contract without a limit",
      "errors: [{ name: slow, status: 429, retry: retry-after }]",
      "accounts: { alice: { credential: A } }\nrequests: { other: GET /a }",
      "the contract states no rate limit [slow]",
    ],
    [
      "no room for a burst",
      "extends: builtin:course-api",
      `${plan}limits: { burst: 60 }`,
      "limits.burst (60) is not above the contract's limit of 60 requests [rate-limited]",
    ],
    [
      "nothing that an account reads",
      "extends: builtin:course-api",
      plan.replace(/ {2}anyCourse.*\n/, "").replace(/ {2}other.*\n/, ""),
      "no GET of the plan can be asked as the first account [rate-limited]",
    ],
  ])("asks nothing with %s", async (_, contract, text, reason) => {
    const { asks, skipped } = await walk(contract, text);
    expect(asks).toEqual([]);
    expect(skipped[0]).toBe(reason);
  });

  it("says what one account, and one operation, leave open", async () => {
    const text = plan
      .replace(", bob: { credential: B }", "")
      .replace(", bob: { own: crs_9 }", "")
      .replace(/ {2}other.*\n/, "");
    const { counts, skipped } = await walk("extends: builtin:course-api", text);
    expect(Object.keys(counts).filter((purpose) => /another/.test(purpose))).toEqual([]);
    expect(skipped).toEqual([
      "no GET of another operation in the plan, to see whether the limit holds there []",
      "no second account in the plan that could ask while the first is limited []",
      never,
    ]);
  });
});

const live: LiveOptions = {
  probes: ["rate/*"],
  allowBurst: true,
  maxRequests: 600,
  limit: { requests: 60, window: 60_000 },
  promises: "rateLimit: { requests: 60, window: 60, per: account }\n",
};
const isBurst = ({ _probe }: { readonly _probe: unknown }) => (_probe as { readonly purpose: string }).purpose.startsWith("burst");

describe("a live server that keeps its limit", () => {
  it("is stopped asking at its first 429, and nothing is found", async () => {
    const { report, entries } = await probeLive(live);
    expect(report.findings).toEqual([]);
    expect(report.coverage.rows.find(({ row }) => row === "rate-limited")?.verdict).toBe("kept");
    expect(report.probe?.probes.find(({ probe }) => probe === "rate/burst")).toMatchObject({ verdict: "pass" });
    const burst = entries.filter(isBurst);
    expect(burst.length).toBe(64);
    expect(burst.findIndex(({ response }) => response.status === 429)).toBe(60);
    expect(entries.filter(({ _probe }) => _probe.probe === "rate/burst").at(-1)?.response.status).toBe(200);
  });

  it("is not asked at all unless that is allowed", async () => {
    const { report, entries } = await probeLive({ ...live, allowBurst: false });
    expect(entries.filter(({ _probe }) => _probe.level > 2)).toEqual([]);
    expect(report.probe?.probes.find(({ probe }) => probe === "rate/burst")).toMatchObject({ verdict: "skipped" });
  });
});

/** What a burst does not reach. */
const unprovoked = ["retry-after-on-quota"];

describe("a live server with a fault", () => {
  const faults = [...rateLimitFaults, ...liveLimitFaults].filter(({ name }) => !unprovoked.includes(name));

  it.each(faults)("is found out: $breaks", async ({ name, rule, note, also = [] }) => {
    const { report, entries } = await probeLive({ ...live, faults: [name] });
    const found = report.findings.filter((finding) => finding.rule === rule && finding.note === note);
    const probes = new Set(found.flatMap(({ samples }) => samples.map(({ entry }) => entries[entry]?._probe.probe)));
    expect([...probes][0]).toBe("rate/burst");
    // A wait that is wrong may be so in several ways, one after the other.
    const others = report.findings.filter(
      (finding) => !found.includes(finding) && !finding.rule.startsWith("rate-limit/") && !also.includes(finding.rule),
    );
    expect(others).toEqual([]);
  });

  it.each([
    ["limit-not-enforced", "error"],
    ["released-late", "error"],
    ["limit-shared", "warning"],
    ["limit-per-route", "warning"],
    ["early-retry-penalised", "note"],
  ])("%s is told as %s", async (name, severity) => {
    const { report } = await probeLive({ ...live, faults: [name] });
    expect(report.findings.map((finding) => finding.severity)).toEqual([severity]);
  });

  it("is sent no more than two windows let pass", async () => {
    const { entries } = await probeLive({ ...live, faults: ["limit-not-enforced"] });
    expect(entries.filter(isBurst).length).toBe(2 * 60 + 2);
  });
});
