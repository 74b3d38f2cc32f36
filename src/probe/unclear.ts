import type { Contract } from "../model/contract.ts";
import type { ProbeVerdict } from "../model/report.ts";
import { plainly } from "../syntax/wording.ts";
import type { Asked, Run } from "./run.ts";
import { isFailedControl, type MetRows } from "./verdicts.ts";

/** Requests without a whole answer that are named one by one. */
const mostNamed = 10;

/** What kept a run from being a full one (exit 2), a sentence each. */
export function unclear({ asked, stopped }: Run, verdicts: readonly ProbeVerdict[], refused: readonly string[]): string[] {
  const failed = asked.filter(({ failure }) => failure !== undefined);
  const named = failed.slice(0, mostNamed).map(({ probe, ask, failure, status }) => {
    const kind = status === 0 ? "no answer" : "no whole answer";
    return `${probe}: ${kind} to ${ask.method} ${plainly(ask.path)} (${ask.purpose}): ${failure}.`;
  });
  const controls = asked.filter(isFailedControl).map(({ probe, ask, status }) => {
    const request = `${ask.method} ${plainly(ask.path)}`;
    return `${probe}: ${request} should have been served and was answered ${status}. Check the account's credential and its own id in the plan.`;
  });
  const reasons = [
    ...(stopped === undefined ? [] : [stopped]),
    ...controls,
    ...refused,
    ...named,
    ...(failed.length > mostNamed ? [`${failed.length - mostNamed} more requests got no whole answer.`] : []),
  ];
  return reasons.length > 0 ? reasons : mostlyOpen(verdicts);
}

/** Where most of what was asked came to nothing, silence is not a kept promise. */
function mostlyOpen(verdicts: readonly ProbeVerdict[]): string[] {
  const some = verdicts.filter(({ probe, verdict }) => !probe.startsWith("control/") && verdict !== "skipped");
  const open = some.filter(({ verdict }) => verdict === "inconclusive");
  if (2 * open.length <= some.length) return [];
  return [`${open.length} of ${some.length} probes were inconclusive: little was put to the test.`];
}

/** The accounts whose credential was refused where none but a stranger's should be. A masking that answers strangers alike does not count. */
export function refusedAccounts({ asked }: Run, { authentication, masking }: Contract, met: MetRows): string[] {
  const names = [authentication.missing, authentication.invalid].flatMap((row) =>
    row?.status.has(401) && masking.every(({ answer }) => answer !== row) ? row.name : [],
  );
  const refused = new Map<string, Asked[]>();
  for (const each of asked) {
    const { as } = each.ask;
    if (typeof as !== "object" || !("account" in as) || each.probe.startsWith("control/")) continue;
    if (each.status !== 401 || !met.get(each.entry)?.some((row) => names.includes(row))) continue;
    refused.set(as.account, [...(refused.get(as.account) ?? []), each]);
  }
  return [...refused].map(([account, some]) => {
    const [{ ask } = { ask: undefined }] = some;
    const where = ask === undefined ? "" : `, ${ask.method} ${plainly(ask.path)} first`;
    return `The credential of ${account} was refused ${some.length} times${where}: is it right, and good for all that the plan asks?`;
  });
}
