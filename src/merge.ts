import { openBaseline, settleBaseline } from "./baseline/settle-baseline.ts";
import { addUp } from "./engine/add-up.ts";
import { conclude } from "./engine/conclude.ts";
import type { Concluding } from "./engine/concluding.ts";
import type { Report } from "./model/report.ts";
import { checkTargets } from "./options/check-options.ts";
import { baselineChecks, judgingChecks } from "./options/judging-checks.ts";
import { checkEach } from "./options/option-checks.ts";
import { OptionError } from "./options/option-error.ts";
import type { AuditOptions } from "./options/options.ts";
import { differenceOf, orderParts } from "./shards/order-parts.ts";
import { type ReadPart, readPart } from "./shards/read-part.ts";

/** What a merge can be told; all else the parts say. */
export type MergeOptions = Pick<AuditOptions, "baseline" | "updateBaseline" | "acceptNew" | "failOn" | "config" | "cwd">;

/**
 * Makes one report of the parts of a whole: the one that a run over all captures, parted the same way, would have made.
 *
 * @param files JSON reports of `audit` with `shard`.
 * @throws OptionError where no part can be read, or where they were judged by different measures; TypeError or RangeError where an argument is wrong.
 */
export async function merge(files: string | readonly string[], options: MergeOptions = {}): Promise<Report> {
  const words = checkTargets(files, "the first argument of merge");
  checkEach(options, { ...baselineChecks, failOn: judgingChecks.failOn, config: judgingChecks.config, cwd: judgingChecks.cwd }, "merge");
  const folder = options.cwd ?? process.cwd();
  const baseline = await openBaseline(options);
  const read = await Promise.all([...new Set(words)].map((word) => readPart(word, folder)));
  const { parts, wholes, faults } = orderParts(read.filter((part): part is ReadPart => typeof part !== "string"));
  const unread = read.filter((part) => typeof part === "string");
  const difference = differenceOf(parts);
  if (difference !== undefined) throw new OptionError(difference);
  const [first] = parts;
  if (first === undefined) throw new OptionError(unread.join(" "));
  // Parts say "never" lest a job of many stop the others: the whole is not green by that.
  const own = first.concluding.failOn === "never" ? "error" : first.concluding.failOn;
  const concluding = { ...first.concluding, failOn: options.failOn ?? own };
  const missing = [...unread, ...faults, ...emptyWholes(wholes, concluding)];
  const report = conclude(
    parts.map(({ gathered }) => gathered),
    concluding,
    {
      today: new Date().toISOString().slice(0, 10),
      missing,
      ...(baseline && { baseline }),
      ...(options.config !== undefined && { config: options.config }),
    },
  );
  return settleBaseline(report, baseline, { ...options, failOn: concluding.failOn });
}

/** A job that has seen nothing is not green because another has seen something. */
function emptyWholes(wholes: readonly (readonly ReadPart[])[], concluding: Concluding): string[] {
  if (wholes.length < 2) return [];
  return wholes.flatMap((whole) => {
    const names = whole.map(({ file }) => file).join(", ");
    const { nothing } = addUp(
      whole.map(({ gathered }) => gathered),
      concluding,
    );
    return nothing.map((reason) => `${names}: ${reason}`);
  });
}
