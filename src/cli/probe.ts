import { loadContract } from "../contract/load.ts";
import type { Report } from "../model/report.ts";
import type { ProbeOptions } from "../options/probe-options.ts";
import { writePlan } from "../probe/plan/write-plan.ts";
import { probe, rehearseProbe } from "../probe.ts";
import { refuseStandardInput } from "./contract-file.ts";
import { type Io, lookOf, print } from "./io.ts";
import { watchRun } from "./live-view.ts";
import { type ProbeArguments, readProbeSettings } from "./probe-arguments.ts";
import { checkRecording } from "./recording-file.ts";
import { describeRehearsal } from "./rehearsal-text.ts";
import { reportRun } from "./report-run.ts";
import { settle } from "./settle.ts";
import { UsageError } from "./usage.ts";

/** `envelint probe`: asks a live server, and judges what it answers. */
export async function run(words: ProbeArguments, io: Io): Promise<number> {
  refuseStandardInput(words.contract);
  const settled = await settle(words, io, "probe");
  const { given, config } = settled;
  const { plan } = given;
  const fallback = config?.options.contract;
  if (given.init) return init({ ...given, ...(given.contract === undefined && fallback !== undefined && { contract: fallback }) }, io);
  if (plan === undefined)
    throw new UsageError(
      'Give a plan: envelint probe plan.yaml. "envelint probe --init --contract FILE > plan.yaml" writes one to fill in.',
      "probe",
    );
  const settings = readProbeSettings(settled);
  // A configuration's formats are for reports.
  if (given["dry-run"]) return rehearseOnly(plan, { ...settings, cwd: io.cwd, env: io.env }, words, io);
  if (settings.record !== undefined) await checkRecording(settings.record, given, io);
  const inputs = [plan, ...(settings.record === undefined ? [] : [settings.record])];
  return reportRun(given, inputs, io, ({ exchanges = false }) => watchedRun(plan, { ...settings, exchanges }, given, io));
}

/** Probes with a view of the run, to be interrupted. */
async function watchedRun(plan: string, settings: ProbeOptions, { quiet }: ProbeArguments, io: Io): Promise<Report> {
  const view = quiet ? undefined : watchRun(io);
  const interrupt = new AbortController();
  const release = io.onInterrupt?.(() => interrupt.abort());
  try {
    return await probe(plan, {
      ...settings,
      cwd: io.cwd,
      env: io.env,
      signal: interrupt.signal,
      ...(view && { onEvent: view.show }),
    });
  } finally {
    view?.done();
    release?.();
  }
}

async function init({ contract, target, plan }: ProbeArguments, io: Io): Promise<number> {
  if (plan !== undefined)
    throw new UsageError(`--init writes to standard output: envelint probe --init --contract FILE > ${plan}.`, "probe");
  const loaded = await loadContract(contract, { cwd: io.cwd });
  await print(io.stdout, writePlan(loaded, { ...(contract !== undefined && { contract }), ...(target !== undefined && { target }) }));
  return 0;
}

async function rehearseOnly(plan: string, options: ProbeOptions, { format = ["pretty"] }: ProbeArguments, io: Io): Promise<number> {
  const [name = "pretty", ...others] = format;
  if (others.length > 0 || (name !== "pretty" && name !== "json"))
    throw new UsageError("--dry-run prints pretty or json, to standard output.", "probe");
  const rehearsal = await rehearseProbe(plan, options);
  await print(
    io.stdout,
    name === "json" ? `${JSON.stringify(rehearsal, null, 2)}\n` : describeRehearsal(rehearsal, lookOf(io.stdout, io.env)),
  );
  return 0;
}
