import type { Report } from "../model/report.ts";
import { conclude } from "./conclude.ts";
import type { Concluding } from "./concluding.ts";
import { gather } from "./gather.ts";
import type { CaptureStream, Judging } from "./judging.ts";
import { outlineOf } from "./outline.ts";
import { atWork } from "./rule-at-work.ts";
import { SecretBook } from "./secret-book.ts";
import { showExchanges } from "./show-exchanges.ts";

/** Runs the rules over a stream of exchanges, in one pass, and says what came of it. */
export async function judge(captures: CaptureStream, judging: Judging): Promise<Report> {
  const book = new SecretBook(judging.contract.authentication.credentials);
  const gathered = await gather(captures, judging, book);
  const report = conclude([gathered], concludingOf(judging), conclusionOf(judging));
  const { findings, known, ignored } = report;
  const shown = judging.exchanges ? await showExchanges(captures, judging.contract, book, [...findings, ...known, ...ignored]) : undefined;
  return {
    ...report,
    ...(shown !== undefined && { exchanges: shown }),
  };
}

/** What of a judging makes the report. */
export function concludingOf(judging: Judging): Concluding {
  const { contract, servers, rules, subjects, gate, failOn, maxSamples, command, version, ignores, together } = judging;
  return {
    outline: outlineOf(contract),
    servers,
    rules: rules.map(({ rule }) => atWork(rule)),
    subjects,
    gate: gate ?? { required: [], minCoverage: 0 },
    failOn,
    maxSamples,
    command: command ?? "audit",
    version,
    ignores: ignores ?? [],
    together: together ?? false,
  };
}

export function conclusionOf({ today, baseline, config }: Judging) {
  return {
    today: today ?? new Date().toISOString().slice(0, 10),
    ...(baseline !== undefined && { baseline }),
    ...(config !== undefined && { config }),
  };
}
