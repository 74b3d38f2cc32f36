import { gzipSync } from "node:zlib";
import type { Log, Run } from "sarif";
import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { inertJson } from "../syntax/inert-json.ts";
import { number } from "./layout.ts";
import type { Look } from "./look.ts";
import { webTables } from "./sarif-exchanges.ts";
import { invocationOf, notificationKinds } from "./sarif-notifications.ts";
import { resultOf, type Standing } from "./sarif-result.ts";
import { describeRules } from "./sarif-rules.ts";
import { sourceRoot, uriOf } from "./sarif-uri.ts";

/** Results of a run that GitHub shows; it takes 25,000, and refuses more. */
const mostResults = 5_000;
/** Bytes of a file, compressed, that GitHub takes, with some room. */
const mostBytes = 9_500_000;

interface Told {
  readonly finding: Finding;
  readonly standing: Standing;
}

/** For code scanning: SARIF 2.1.0 within the limits of GitHub. What is over one is cut, the least important first, and told in a notification. */
export function sarif(report: Report, look: Look): string {
  const all = everything(report);
  let results = Math.min(all.length, mostResults);
  let hasExchanges = true;
  for (;;) {
    const text = `${inertJson(logOf(report, all.slice(0, results), limitsOf(all.length - results, hasExchanges), hasExchanges, look))}\n`;
    if (fits(text) || (results < 2 && !hasExchanges)) return text;
    if (hasExchanges) hasExchanges = false;
    else results = Math.floor(results / 2);
  }
}

/** New findings first, then what is known, then what is passed over. */
function everything({ findings, known, ignored, baseline = "the baseline" }: Report): Told[] {
  return [
    ...findings.map((finding): Told => ({ finding, standing: { is: "new" } })),
    ...known.map((finding): Told => ({ finding, standing: { is: "known", baseline } })),
    ...ignored.map((finding): Told => {
      const { reason, until } = finding.ignore;
      return { finding, standing: { is: "ignored", reason: `${reason} (until ${until})` } };
    }),
  ];
}

function limitsOf(left: number, hasExchanges: boolean): string[] {
  const limits: string[] = [];
  if (left > 0)
    limits.push(
      `${number(left)} results, the least important ones, are left out to keep a limit of code scanning; --format json has them.`,
    );
  if (!hasExchanges) limits.push("Requests and responses are left out to keep code scanning's limit of 10 MB; --format html shows them.");
  return limits;
}

function fits(text: string): boolean {
  return text.length < mostBytes / 3 || gzipSync(text, { level: 6 }).length < mostBytes;
}

function logOf(report: Report, told: readonly Told[], limits: readonly string[], hasExchanges: boolean, look: Look): Log {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [runOf(report, told, limits, hasExchanges, look)],
  };
}

function runOf(report: Report, told: readonly Told[], limits: readonly string[], hasExchanges: boolean, look: Look): Run {
  const { tool, command, contract, coverage, seen, verdict } = report;
  const findings = told.map(({ finding }) => finding);
  const rules = describeRules(findings);
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const web = webTables(findings, hasExchanges ? report : { ...report, exchanges: [] });
  return {
    tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules, notifications: notificationKinds } },
    // What is before the last "/" is the category: audits of several contracts in one pipeline do not replace one another.
    automationDetails: { id: `envelint/${command}/${uriOf(contract.file).slice(0, 300)}/` },
    originalUriBaseIds: { [sourceRoot]: { description: { text: "The root of the repository." } } },
    columnKind: "utf16CodeUnits",
    invocations: [invocationOf(report, limits, look)],
    results: told.map(({ finding, standing }) => {
      const index = web.indexOf(finding);
      return {
        ...resultOf(finding, standing, indices.get(finding.rule) ?? -1, report, look),
        ...(index && { webRequest: { index: index.request }, webResponse: { index: index.response } }),
      };
    }),
    ...(web.requests.length > 0 && { webRequests: [...web.requests], webResponses: [...web.responses] }),
    properties: {
      verdict,
      exchanges: seen.exchanges,
      judged: seen.judged,
      promises: Object.fromEntries(countBy(coverage.rows.map((row) => row.verdict))),
    },
  };
}

function countBy(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
