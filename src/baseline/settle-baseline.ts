import type { Baseline } from "../engine/baseline.ts";
import { updateBaseline } from "../engine/update-baseline.ts";
import type { Report } from "../model/report.ts";
import { OptionError } from "../options/option-error.ts";
import type { AuditOptions } from "../options/options.ts";
import { readBaseline, writeBaseline } from "./baseline-file.ts";

/** What of the options says which findings fail. */
export type GateOptions = Pick<AuditOptions, "baseline" | "updateBaseline" | "acceptNew" | "failOn" | "cwd">;

/**
 * The baseline that is asked for, read; undefined = none is.
 *
 * @throws OptionError where there is none of the name, or where options contradict each other.
 */
export async function openBaseline({
  baseline,
  updateBaseline: isUpdate,
  acceptNew = false,
  cwd = process.cwd(),
}: GateOptions): Promise<Baseline | undefined> {
  if (acceptNew && !isUpdate)
    throw new OptionError("New findings are accepted only while the baseline is updated: give --accept-new with --update-baseline.");
  if (baseline === undefined) {
    if (isUpdate) throw new OptionError("There is no baseline to update: name its file with --baseline.");
    return undefined;
  }
  return readBaseline(baseline, cwd, acceptNew);
}

/** Brings the baseline up to date where that is asked for, and gives the report as it is then. */
export async function settleBaseline(report: Report, baseline: Baseline | undefined, options: GateOptions): Promise<Report> {
  if (baseline === undefined || options.baseline === undefined || !options.updateBaseline) return report;
  const settled = updateBaseline(report, baseline, { acceptNew: options.acceptNew ?? false, failOn: options.failOn ?? "error" });
  await writeBaseline(options.baseline, options.cwd ?? process.cwd(), settled.entries);
  return settled.report;
}
