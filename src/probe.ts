import { rmSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { chooseRules } from "./choose-rules.ts";
import { judgeRun } from "./judge-run.ts";
import type { Report } from "./model/report.ts";
import { checkProbeOptions } from "./options/check-probe-options.ts";
import { OptionError } from "./options/option-error.ts";
import type { ProbeOptions } from "./options/probe-options.ts";
import { prepareProbe } from "./prepare-probe.ts";
import type { Level } from "./probe/ask.ts";
import { systemClock } from "./probe/pace.ts";
import { perform } from "./probe/perform.ts";
import { readCredentials } from "./probe/plan/credentials.ts";
import type { Depth } from "./probe/probe.ts";
import { depths } from "./probe/rehearse.ts";
import { findUntested, type Untested } from "./probe/untested.ts";
import { version } from "./version.ts";

/**
 * Asks a live server for the errors that a contract promises, and judges what it answers. Requests go to the target alone, no faster than the
 * plan's pace and no more than its budget; nothing that may change something is sent unless it is allowed.
 *
 * @param plan A plan's file.
 * @throws PlanError where the plan or the environment has faults, ContractError where the contract has; TypeError or RangeError where an option
 *   is wrong. What goes wrong on the way to the server is told in the report.
 */
export async function probe(plan: string, options: ProbeOptions = {}): Promise<Report> {
  checkProbeOptions(plan, options);
  const cwd = options.cwd ?? process.cwd();
  const prepared = await prepareProbe(plan, options);
  const { contract } = prepared;
  const rules = (await chooseRules(options.rules ?? [], cwd, options, contract)).filter(({ rule }) => rule.needs !== "change");
  const credentials = readCredentials(prepared.plan, contract, options.env ?? process.env);
  const clock = { now: options.now ?? systemClock.now, sleep: options.sleep ?? systemClock.sleep };
  if (options.onEvent) options.onEvent({ kind: "planned", requests: prepared.rehearse().asks.length, pace: prepared.plan.limits.pace });

  const folder = options.record === undefined ? await mkdtemp(join(tmpdir(), "envelint-")) : undefined;
  // A process that is ended leaves nothing behind.
  const clear = () => folder !== undefined && rmSync(folder, { recursive: true, force: true });
  process.once("exit", clear);
  const file = folder === undefined ? resolve(cwd, options.record as string) : join(folder, "run.har");
  try {
    await mkdir(dirname(file), { recursive: true });
    const run = await perform({
      asking: prepared.begin(credentials),
      probes: prepared.probes,
      last: prepared.last,
      allowance: prepared.allowance,
      plan: prepared.plan,
      wardrobe: {
        target: prepared.plan.target,
        declared: contract.authentication.credentials,
        credentials,
        headers: prepared.plan.headers,
        userAgent: `envelint/${version}`,
        announce: options.announce ?? false,
      },
      file,
      version,
      clock,
      ...(options.signal && { signal: options.signal }),
      ...(options.onEvent && { onEvent: options.onEvent }),
    });
    return await judgeRun(run, prepared, credentials, file, rules, options);
  } catch (error) {
    throw unwritten(error, options.record);
  } finally {
    process.removeListener("exit", clear);
    clear();
  }
}

/** A disk that is full is no failure of ours. */
function unwritten(error: unknown, record: string | undefined): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === undefined || !["write", "open", "mkdir"].includes(syscall ?? "")) return error;
  return new OptionError(
    `The recording cannot be written${record === undefined ? " to the system's temporary folder" : ` to ${record}`}: ${message}`,
  );
}

/** What a run would send if all went well. */
export interface RehearsalReport {
  readonly target: string;
  readonly plan: string;
  readonly contract: { readonly title: string; readonly file: string };
  readonly depth: Depth;
  readonly budget: number;
  /** Requests a minute. */
  readonly pace: number;
  /** What deeper walks through masking would take, beside this one. */
  readonly deeper: readonly { readonly depth: Depth; readonly requests: number }[];
  /** Requests of the allowed levels, within the budget or not. */
  readonly allowed: number;
  readonly requests: readonly {
    readonly probe: string;
    readonly level: Level;
    readonly method: string;
    readonly path: string;
    /** An account's name; `nobody` = no credential; `made up` = one that opens nothing. */
    readonly as: string;
    readonly purpose: string;
  }[];
  /** What would not be sent, by probe and reason. */
  readonly leftOut: readonly { readonly probe: string; readonly reason: string; readonly requests: number }[];
  /** Rows and provisions that would stay untested. */
  readonly untested: readonly Untested[];
}

/**
 * Walks through a run without sending anything: needs no credentials.
 *
 * @throws As `probe` does.
 */
export async function rehearseProbe(plan: string, options: ProbeOptions = {}): Promise<RehearsalReport> {
  checkProbeOptions(plan, options);
  const { contract, plan: read, depth, rehearse } = await prepareProbe(plan, options);
  const rehearsal = rehearse();
  const deeper = depths.slice(depths.indexOf(depth) + 1).map((deep) => rehearse(deep));
  const leftOut = new Map<string, { probe: string; reason: string; requests: number }>();
  for (const { probe, reason, ask } of rehearsal.unasked) {
    const key = `${probe}\n${reason}`;
    const known = leftOut.get(key) ?? { probe, reason, requests: 0 };
    leftOut.set(key, { ...known, requests: known.requests + (ask === undefined ? 0 : 1) });
  }
  return {
    target: read.target,
    plan: read.file,
    contract: { title: contract.title, file: contract.file },
    depth,
    budget: read.limits.requests,
    pace: read.limits.pace,
    deeper: deeper.map(({ depth, allowed: requests }) => ({ depth, requests })).filter(({ requests }) => requests > rehearsal.allowed),
    allowed: rehearsal.allowed,
    requests: rehearsal.asks.map(({ probe, ask: { level, method, path, as, purpose } }) => ({
      probe,
      level,
      method,
      path,
      as: as === "anonymous" ? "nobody" : "madeUp" in as ? "made up" : as.account,
      purpose,
    })),
    leftOut: [...leftOut.values()],
    untested: findUntested(contract, rehearsal, options.probes !== undefined),
  };
}
