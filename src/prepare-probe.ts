import { randomInt } from "node:crypto";
import { loadContract } from "./contract/load.ts";
import type { Contract } from "./model/contract.ts";
import { OptionError } from "./options/option-error.ts";
import type { ProbeOptions } from "./options/probe-options.ts";
import { makeAsking } from "./probe/asking.ts";
import { probes as catalogue, controlsAfter } from "./probe/catalogue/index.ts";
import type { Plan } from "./probe/plan/plan.ts";
import { readPlan } from "./probe/plan/read-plan.ts";
import type { Asking, Depth, Probe } from "./probe/probe.ts";
import { chooseDepth, countAllowed, type Rehearsal, rehearse } from "./probe/rehearse.ts";
import type { Allowance } from "./probe/run.ts";
import { nearestName } from "./syntax/nearest.ts";
import { matchesWildcard } from "./syntax/wildcard.ts";

/** A run that is ready to be walked through. */
export interface PreparedRun {
  readonly contract: Contract;
  readonly plan: Plan;
  readonly probes: readonly Probe[];
  readonly last: readonly Probe[];
  readonly allowance: Allowance;
  /** How deep the budget lets masking be asked. */
  readonly depth: Depth;
  /** Walks through it without sending anything. */
  rehearse(depth?: Depth): Rehearsal;
  /** Begins a walk: each begun one asks the same in the same order. */
  begin(credentials?: ReadonlyMap<string, readonly string[]>): Asking;
}

/**
 * Reads plan and contract, and finds out how deep the budget lets the run go. Sends nothing.
 *
 * @throws ContractError and PlanError where a file has faults; OptionError where an option names what there is none of.
 */
export async function prepareProbe(file: string, options: ProbeOptions): Promise<PreparedRun> {
  const cwd = options.cwd ?? process.cwd();
  const load = async (named: string | undefined) => {
    const { contract = named ?? options.defaultContract } = options;
    return typeof contract === "object" ? contract : loadContract(contract, { cwd });
  };
  const { plan: written, contract } = await readPlan(file, {
    cwd,
    loadContract: load,
    ...(options.target !== undefined && { target: options.target }),
  });
  const limits = { ...written.limits, ...(options.maxRequests !== undefined && { requests: options.maxRequests }) };
  const plan: Plan = { ...written, limits };
  const probes = chooseProbes(options.probes);
  const allowance = { readsOnly: options.readsOnly ?? false, writes: options.allowWrites ?? false, burst: options.allowBurst ?? false };
  const seed = options.seed ?? randomInt(2 ** 31);
  const begin = (depth: Depth, credentials?: ReadonlyMap<string, readonly string[]>) =>
    makeAsking({ plan, contract, depth, seed, ...(credentials && { credentials }) });
  const budget = limits.requests;
  const depth = chooseDepth((deep) => countAllowed([...probes, ...controlsAfter], begin(deep), allowance, budget), budget);
  return {
    contract,
    plan,
    probes,
    last: controlsAfter,
    allowance,
    depth,
    rehearse: (deep = depth) => rehearse({ asking: begin(deep), probes, last: controlsAfter, allowance, budget }),
    begin: (credentials) => begin(depth, credentials),
  };
}

/** The probes that ids and globs mean. Controls are always asked: without them nothing can be told of masking. */
function chooseProbes(patterns: readonly string[] | undefined): readonly Probe[] {
  if (patterns === undefined) return catalogue;
  const ids = catalogue.map(({ id }) => id);
  for (const pattern of patterns) {
    if (ids.some((id) => matchesWildcard(id, pattern))) continue;
    const near = nearestName(pattern, ids);
    throw new OptionError(
      `There is no probe "${pattern}".${near === undefined ? "" : ` Did you mean "${near}"?`} docs/probes.md lists them.`,
    );
  }
  const meant = catalogue.filter(({ id }) => patterns.some((pattern) => matchesWildcard(id, pattern)));
  const before = new Set(meant.flatMap(({ after = [] }) => after));
  return catalogue.filter((probe) => probe.id.startsWith("control/") || meant.includes(probe) || before.has(probe.id));
}
