import { openBaseline, settleBaseline } from "./baseline/settle-baseline.ts";
import { chooseRules } from "./choose-rules.ts";
import { type ComparedSides, openSides } from "./compared-sides.ts";
import { loadContract } from "./contract/load.ts";
import { judge } from "./engine/judge.ts";
import type { RuleChoice } from "./engine/settings.ts";
import { judgingOf } from "./judging-of.ts";
import type { Contract } from "./model/contract.ts";
import type { Report } from "./model/report.ts";
import type { Rule } from "./model/rule.ts";
import { checkOptions, checkTargets } from "./options/check-options.ts";
import type { AuditOptions } from "./options/options.ts";
import { errorChanges } from "./traffic/changes/error-changes.ts";

/** What a comparison cannot be told: these ask what one capture puts to the test. */
const auditOnly = ["subjects", "require", "minCoverage", "together", "shard"] as const;

/** What `diff` can be told: as `audit`. */
export type DiffOptions = Omit<AuditOptions, (typeof auditOnly)[number]>;

/**
 * Compares what a server answered before and after a change: which of its errors are not what they were.
 *
 * @param before Files, globs or folders; "-" for standard input on one side.
 * @throws ContractError where the contract has faults; TypeError or RangeError where an argument is wrong, an unknown rule among them.
 */
export async function diff(
  before: string | readonly string[],
  after: string | readonly string[],
  options: DiffOptions = {},
): Promise<Report> {
  const words = {
    before: checkTargets(before, "the first argument of diff"),
    after: checkTargets(after, "the second argument of diff"),
  };
  if (words.before.includes("-") && words.after.includes("-")) throw new RangeError("Standard input can be one side of diff, not both.");
  checkOptions(options, "diff", auditOnly);
  const cwd = options.cwd ?? process.cwd();
  const contract = typeof options.contract === "object" ? options.contract : await loadContract(options.contract, { cwd });
  const choices: readonly RuleChoice[] = [...(hasOnlyText(contract) ? [textIsAll] : []), ...(options.rules ?? [])];
  const active = (await chooseRules(choices, cwd, options, contract)).filter(({ rule }) => rule.needs === "change");
  const baseline = await openBaseline(options);
  let errors = 0;
  const sides = await openSides(words.before, words.after, {
    cwd,
    credentials: contract.authentication.credentials,
    ...(options.accounts && { accounts: options.accounts }),
    ...(options.strict && { strict: true }),
    ...(options.stdin && { stdin: options.stdin }),
    ...(options.onProgress && { onProgress: (p) => options.onProgress?.({ ...p, errors }) }),
  });
  const seen = { met: new Set<string>(), compared: new Set<string>() };
  const servers = typeof options.servers === "string" ? [options.servers] : options.servers;
  const report = await judge(sides, {
    ...judgingOf(contract, active.length === 0 ? [] : [...active, { rule: listening(seen), severity: undefined }], options, baseline),
    servers: servers ?? contract.servers,
    command: "diff",
    onError: () => {
      errors++;
    },
  });
  const reason = active.length === 0 ? undefined : whyNothing(report, sides, seen);
  const told: Report =
    reason === undefined
      ? report
      : { ...report, unjudged: [...report.unjudged, reason], verdict: report.verdict === "kept" ? "unjudged" : report.verdict };
  return settleBaseline(told, baseline, options);
}

/** Without types and codes, clients have only the text to go by. */
const textIsAll: RuleChoice = ["stability/message-changed", "error"];

function hasOnlyText({ envelopes }: Contract): boolean {
  return envelopes.every(({ intermediary, members }) => intermediary || (members.type === undefined && members.code === undefined));
}

/** Servers by what came of comparing them, as in `ErrorChanges`. */
type Seen = Record<"met" | "compared", Set<string>>;

/** Learns beside the rules which servers answered something that could be compared; it tells nothing. */
function listening(servers: Seen): Rule {
  return {
    id: "stability/compared",
    summary: "what could be compared",
    severity: "note",
    needs: "change",
    advice: "",
    watch({ study }) {
      const changes = study(errorChanges);
      return {
        end() {
          for (const server of changes.met) servers.met.add(server);
          for (const server of changes.compared) servers.compared.add(server);
        },
      };
    },
  };
}

/** "Nothing to compare" is never green. undefined = something was compared, or the report says already why not. */
function whyNothing({ seen }: Report, sides: ComparedSides, { met, compared }: Seen): string | undefined {
  if (sides.missing) return undefined;
  for (const side of ["before", "after"] as const)
    if (sides.exchanges[side] === 0 && seen.exchanges > 0)
      return `The captures of ${side} hold no exchange: there is nothing to compare with.`;
  if (seen.errors === 0) return undefined;
  if (seen.inScope.some(({ server }) => compared.has(server))) return undefined;
  if (seen.inScope.some(({ server }) => met.has(server)))
    return "Nothing could be judged: every difference may be chance, or the state that the server was in. Record each request three times on both sides, or name its scenario (_scenario of a HAR entry, or its comment).";
  const [other] = met;
  return other === undefined
    ? "Nothing could be compared: what was refused on one side was not asked for, by the same kind of account, on the other. Record the same scenarios twice."
    : `Nothing could be compared in scope: after the change ${other} answered, and not as the contract says. Name it with --server.`;
}
