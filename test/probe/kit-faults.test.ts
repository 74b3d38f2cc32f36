import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import type { Sample } from "../../src/model/finding.ts";
import { coursesAlone } from "../kit/live/courses-alone.ts";
import { type LiveEntry, type LiveOptions, probeLive } from "../kit/live/probe-live.ts";
import { showsPolicy, stage } from "../kit/live/staging.ts";
import type { Fault, LiveFault } from "../kit/server/fault.ts";
import { faults, liveFaults } from "../kit/server/faults/index.ts";

/** Everything but the timing of answers: each level, each variant, each size. */
const full: LiveOptions = {
  allowWrites: true,
  allowBurst: true,
  maxRequests: 1100,
  plan: (text) => text.replace("pace: 6000", "pace: 6000, oversized: true"),
};

/** No rule is off. */
const rules = [["envelope/extra-member", "warning"]] as const;

type Live = Awaited<ReturnType<typeof probeLive>>;

/** One thing that was told of one exchange. */
interface Told {
  readonly rule: string;
  readonly sample: Sample;
  readonly entry: LiveEntry;
  /** Is it an exchange in which the fault shows? */
  readonly isAtFault: boolean;
}

function tellings({ report, entries, log }: Live, fault?: Fault | LiveFault): Told[] {
  return report.findings.flatMap(({ rule, samples }) =>
    samples.map((sample) => {
      const entry = entries[sample.entry] as LiveEntry;
      const isShown = fault?.policy !== undefined && showsPolicy(fault, entry);
      return { rule, sample, entry, isAtFault: isShown || log[sample.entry]?.isChanged === true };
    }),
  );
}

/** Limits are told apart by resource. */
const needsPresets = ({ row, rule }: Fault | LiveFault) => row === "preset-not-found" || rule.startsWith("rate-limit/");
const identity = (text: string) => text;

const brief = ({ rule, entry, sample }: Told) =>
  `${rule} at ${entry._probe.probe}: ${entry.request.method} ${new URL(entry.request.url).pathname}: ${sample.found}`;

describe("a conformant server, probed in full", () => {
  it.each(Array.from({ length: 5 }, (_, seed) => seed))("has no finding, and keeps what it promises: run %i", async (seed) => {
    // In all variants once; else with a budget as people have it.
    const live = await probeLive({ ...full, rules, seed, ...(seed > 0 && { maxRequests: 500 }) });
    expect(tellings(live).map(brief)).toEqual([]);
    expect(live.report.unjudged).toEqual([]);
    expect(live.report.probe?.stopped).toBeUndefined();
    const { rows, provisions } = live.report.coverage;
    const open = [...rows.map(({ row, verdict }) => [row, verdict]), ...provisions.map(({ provision, verdict }) => [provision, verdict])];
    // A probe does not use up what an account may have in a month, nor does it make a server stumble.
    const unasked = ["regen-cap-reached", "quota-exceeded", "server-error"];
    expect(open.filter(([, verdict]) => verdict !== "kept")).toEqual(unasked.map((row) => [row, "skipped"]));
  });
});

const writesTable = process.env.UPDATE_FAULT_TABLE !== undefined;

describe("each single fault", () => {
  const lines: string[] = [];
  // Masking's take many requests each; `masking.test.ts` asks for them alone, unless the table of all is wanted.
  const all = [...faults, ...liveFaults].filter(({ rule }) => writesTable || !rule.startsWith("masking/"));
  const stagings = all.map((fault) => ({ fault, name: fault.name, rule: fault.rule, staging: stage(fault) }));
  const reached = stagings.flatMap(({ staging, ...rest }) => ("unreachable" in staging ? [] : { ...rest, staging }));
  const unreached = stagings.flatMap(({ staging, ...rest }) => ("unreachable" in staging ? { ...rest, why: staging.unreachable } : []));
  it("is within a probe's reach, but for a few", () => {
    expect(reached.length).toBeGreaterThanOrEqual(80);
    expect(unreached.length).toBeLessThan(10);
  });

  it.each(reached)("$name is found by $rule, where it shows", async ({ fault, staging }) => {
    const isHit = ({ rule, isAtFault }: Told) => rule === fault.rule && isAtFault;
    const plan = (text: string) => (needsPresets(fault) ? identity : coursesAlone)(staging.plan?.(text) ?? text);
    const options = { ...staging, plan, rules, faults: [fault.name] };
    let live = await probeLive(options);
    // Leaks by some methods and variants take a larger budget.
    if (!tellings(live, fault).some(isHit)) live = await probeLive({ ...options, maxRequests: 900 });
    const told = tellings(live, fault);
    const hits = told.filter(isHit);
    const falseAlarms = told.filter(({ isAtFault }) => !isAtFault);
    lines.push(lineOf(fault, told, hits, falseAlarms, live));
    expect(hits.map(brief)).not.toEqual([]);
    expect(falseAlarms.map(brief)).toEqual([]);
  });

  afterAll(() => {
    if (process.env.UPDATE_FAULT_TABLE !== "1") return;
    mkdirSync(".cache", { recursive: true });
    writeFileSync(
      ".cache/fault-table.md",
      `${[...head, ...lines, ...unreached.map(({ name, rule, why }) => `| ${name} | ${rule} | not asked for: ${why} | | | |`)].join("\n")}\n`,
    );
  });
});

const head = ["| fault | rule | found at | others of the same answers | false alarms | requests |", "|---|---|---|---|---|---|"];

function lineOf(
  { name, rule }: Fault | LiveFault,
  told: readonly Told[],
  [hit]: readonly Told[],
  falseAlarms: readonly Told[],
  { log }: Live,
): string {
  const at =
    hit === undefined ? "**missed**" : `${hit.entry._probe.probe}: ${hit.entry.request.method} ${new URL(hit.entry.request.url).pathname}`;
  const others = new Set(told.filter((other) => other.isAtFault && other.rule !== rule).map((other) => other.rule));
  return `| ${name} | ${rule} | ${at} | ${[...others].sort().join(", ")} | ${falseAlarms.length} | ${log.length} |`;
}
