import { checkOptions, checkTargets } from "./check-options.ts";
import { chooseRules } from "./choose-rules.ts";
import { loadContract } from "./contract/load.ts";
import { requiredFault } from "./engine/coverage-gate.ts";
import { judge } from "./engine/judge.ts";
import { subjects } from "./model/finding.ts";
import { exitCodeOf, type Report } from "./model/report.ts";
import { OptionError } from "./option-error.ts";
import type { AuditOptions } from "./options.ts";
import { openCaptures } from "./sources/captures.ts";
import { version } from "./version.ts";

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
  const active = (await chooseRules(options.rules ?? [], cwd)).filter(({ rule }) => rule.needs !== "change");
  const fault = requiredFault(contract, options.require ?? []);
  if (fault !== undefined) throw new OptionError(fault);
  let errors = 0;
  const captures = await openCaptures(words, {
    cwd,
    credentials: contract.authentication.credentials,
    ...(options.accounts && { accounts: options.accounts }),
    ...(options.together && { together: true }),
    ...(options.strict && { strict: true }),
    ...(options.stdin && { stdin: options.stdin }),
    ...(options.onProgress && { onProgress: (p) => options.onProgress?.({ ...p, errors }) }),
  });
  const servers = typeof options.servers === "string" ? [options.servers] : options.servers;
  return judge(captures, {
    contract,
    rules: active,
    servers: servers ?? contract.servers,
    subjects: options.subjects ?? subjects,
    gate: { required: options.require ?? [], minCoverage: options.minCoverage ?? 0 },
    failOn: options.failOn ?? "error",
    maxSamples: options.maxSamples ?? 5,
    version,
    onError: () => {
      errors++;
    },
  });
}

export { exitCodeOf };
