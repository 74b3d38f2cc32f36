import { openBaseline, settleBaseline } from "./baseline/settle-baseline.ts";
import { chooseRules } from "./choose-rules.ts";
import { loadContract } from "./contract/load.ts";
import { judge } from "./engine/judge.ts";
import type { Judging } from "./engine/judging.ts";
import { judgingOf } from "./judging-of.ts";
import { exitCodeOf, type Report } from "./model/report.ts";
import { checkOptions, checkTargets } from "./options/check-options.ts";
import type { AuditOptions } from "./options/options.ts";
import { isRuleFile } from "./rule-files/load-rules.ts";
import { judgeShard } from "./shards/judge-shard.ts";
import { type CaptureOptions, openCaptures } from "./sources/captures.ts";

/**
 * Judges captures against a contract.
 *
 * @param targets Files, globs, folders, or "-" for standard input.
 * @throws ContractError where the contract has faults; TypeError or RangeError where an argument is wrong, an unknown rule among them.
 */
export async function audit(targets: string | readonly string[], options: AuditOptions = {}): Promise<Report> {
  const words = checkTargets(targets);
  checkOptions(options);
  const cwd = options.cwd ?? process.cwd();
  const contract = typeof options.contract === "object" ? options.contract : await loadContract(options.contract, { cwd });
  // Rules that compare two captures have nothing to compare here.
  const active = (await chooseRules(options.rules ?? [], cwd, options, contract)).filter(({ rule }) => rule.needs !== "change");
  const baseline = await openBaseline(options);
  let errors = 0;
  const reading: CaptureOptions = {
    cwd,
    credentials: contract.authentication.credentials,
    ...(options.accounts && { accounts: options.accounts }),
    ...(options.together && { together: true }),
    ...(options.strict && { strict: true }),
    ...(options.stdin && { stdin: options.stdin }),
    ...(options.onProgress && { onProgress: (p) => options.onProgress?.({ ...p, errors }) }),
  };
  const servers = typeof options.servers === "string" ? [options.servers] : options.servers;
  const judging: Judging = {
    ...judgingOf(contract, active, options, baseline),
    servers: servers ?? contract.servers,
    onError: () => {
      errors++;
    },
  };
  const report = options.shard
    ? await judgeShard(words, options.shard, reading, judging, ruleFilesIn(options))
    : await judge(await openCaptures(words, reading), judging);
  return settleBaseline(report, baseline, options);
}

/** Rules of the user's own, by their files. */
function ruleFilesIn({ rules = [] }: AuditOptions): string[] {
  return rules.map(([pattern]) => pattern).filter(isRuleFile);
}

export { exitCodeOf };
