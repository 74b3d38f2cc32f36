import { loadContract } from "../../../src/contract/load.ts";
import { parseContract } from "../../../src/contract/parse.ts";
import type { Ask, Reply, Skip } from "../../../src/probe/ask.ts";
import { makeAsking } from "../../../src/probe/asking.ts";
import { asksOf, isSkip, itinerary } from "../../../src/probe/itinerary.ts";
import { parsePlan } from "../../../src/probe/plan/read-plan.ts";
import type { Asking, Depth, Probe } from "../../../src/probe/probe.ts";

const cwd = new URL("../../..", import.meta.url).pathname;

/** What probes are given for a plan, which stands where the examples do. */
export async function askingFor(text: string, contractText?: string, depth: Depth = "plain"): Promise<Asking> {
  const given = contractText === undefined ? undefined : await parseContract(contractText);
  const load = async (named: string | undefined) => given ?? loadContract(named, { cwd });
  const { plan, contract } = await parsePlan(text, "examples/probe/plan.yaml", { cwd, loadContract: load });
  return makeAsking({ plan, contract, depth, seed: 1 });
}

/** A probe's request, or what it could not ask for. */
export type Walked = Ask | Skip;

/** All that probes would send if all went well. */
export function walk(asking: Asking, probes: readonly Probe[]): Walked[] {
  return [...itinerary(probes, asking)].flatMap(({ step }) => (isSkip(step) ? [step] : asksOf(step)) as readonly Walked[]);
}

/** The requests that probes would send. */
export function asks(asking: Asking, ...probes: readonly Probe[]): Ask[] {
  return walk(asking, probes).flatMap((each) => ("skip" in each ? [] : each));
}

export function skips(asking: Asking, ...probes: readonly Probe[]): string[] {
  return walk(asking, probes).flatMap((each) => ("skip" in each ? each.skip : []));
}

/** One line a request: level, who, what, and the rows it aims at. */
export function linesOf(asked: readonly Ask[]): string[] {
  return asked.map(({ level, as, method, path, aims = [] }) => {
    const who = as === "anonymous" ? as : "account" in as ? as.account : "made-up";
    return `${level} ${who} ${method} ${path} → ${aims.join(", ") || "-"}`;
  });
}

/** An answer as a probe is given it. */
export function replyOf(status: number): Reply {
  return { status, header: () => undefined, text: "", json: () => undefined, startedAt: 0, endedAt: 0 };
}
