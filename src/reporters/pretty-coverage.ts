import type { CaptureFault } from "../model/capture.ts";
import type { Report, Seen, ServerSeen } from "../model/report.ts";
import { brokenBefore } from "./broken-before.ts";
import { counted, foreign, number, paragraph } from "./layout.ts";
import { type Look, paintOf, signsOf } from "./look.ts";
import { type Cell, verdictGrid, verdictLegend } from "./verdict-grid.ts";

/** Lines of a kind before the rest is only counted. */
const linesListed = 8;

/** How much of the contract was put to the test. */
export function coverageSection(report: Report, look: Look): string[] {
  const { command, contract, coverage, seen } = report;
  if (seen.exchanges === 0) return [];
  const untold = listedLines(
    look,
    "Could not be told",
    coverage.notObservable.map(({ rule, reason, count }) => `${rule}: ${foreign(reason)} (${number(count)})`),
  );
  // A comparison holds nobody to the contract's rows.
  if (command === "diff") return untold.map((line) => line.slice(2));
  const { bold, dim } = paintOf(look);
  const title = `${bold(foreign(contract.title))} ${dim(`(${foreign(contract.file)})`)}: ${counted(coverage.rows.length, "promise")}`;
  const lines = paragraph(look, "", title);
  const before = brokenBefore(report);
  const rows = coverage.rows.map(({ row, verdict, seen }): Cell => ({ name: row, verdict, before: before.rows.get(row), seen }));
  const provisions = coverage.provisions.map(
    ({ provision, verdict, seen }): Cell => ({ name: provision, verdict, before: before.provisions.get(provision), seen }),
  );
  const operations = coverage.operations.map(
    ({ operation, verdict, errors }): Cell => ({ name: operation, verdict, before: before.operations.get(operation), seen: errors }),
  );
  const grid = (lead: string, cells: readonly Cell[]) => [
    ...paragraph(look, lead, verdictLegend(cells, look)),
    ...verdictGrid(cells, look),
  ];
  if (rows.length > 0) lines.push(...grid("  ", rows));
  if (provisions.length > 0) lines.push(...grid(`  ${dim("beyond the rows:")} `, provisions));
  if (operations.length > 1) lines.push(...grid(`  ${dim("errors by operation:")} `, operations));
  return [...lines, ...untold];
}

/** What was read, and what of it was not judged. */
export function seenSection({ seen, config }: Report, look: Look): string[] {
  if (seen.exchanges === 0) return [];
  const { bold } = paintOf(look);
  const servers = seen.inScope.map((server) => foreign(server.server, 80)).join(", ");
  const text = `${number(seen.judged)} of ${counted(seen.exchanges, "exchange")} in ${counted(seen.captures, "capture")}, ${counted(seen.errors, "error answer")}${servers === "" ? "" : `, of ${servers}`}`;
  const lines = paragraph(look, "", `${bold("Judged")}: ${text}`);
  if (config !== undefined) lines.push(...paragraph(look, "  ", `by the configuration ${foreign(config, 120)}`));
  lines.push(...listedLines(look, "Not judged", notJudged(seen)));
  lines.push(...listedLines(look, "Out of scope", seen.outOfScope.map(describeServer)));
  if (seen.forgotten > 0)
    lines.push(
      ...paragraph(
        look,
        "  ",
        `Memory is bounded: ${counted(seen.forgotten, "remembered exchange")} had to be forgotten, so rules that compare exchanges may have missed some.`,
      ),
    );
  return lines;
}

/** What could not be read, and oddities that were coped with. */
export function faultsSection({ faults }: Report, look: Look): string[] {
  if (faults.length === 0) return [];
  const paint = paintOf(look);
  const sorted = [...faults].sort((a, b) => Number(a.severity === "note") - Number(b.severity === "note"));
  const lines = [`${paint.bold("Captures")}: ${counted(faults.length, "fault")}`];
  for (const fault of sorted.slice(0, linesListed)) {
    const lead = `  ${paint[fault.severity](signsOf(look)[fault.severity])} `;
    lines.push(
      ...paragraph(
        look,
        lead,
        `${foreign(whereIs(fault), 120)}: ${foreign(fault.message)}${fault.advice ? ` (${foreign(fault.advice)})` : ""}`,
      ),
    );
  }
  return [...lines, ...rest(faults.length)];
}

function whereIs({ capture, entry, line, offset }: CaptureFault): string {
  // Of a capture that is one line, the line says nothing.
  const spot = line === undefined ? "" : `line ${line}${line === 1 && offset !== undefined && offset > 0 ? `, byte ${offset}` : ""}`;
  const place = [...(entry === undefined ? [] : [`entry ${entry}`]), ...(spot === "" ? [] : [entry === undefined ? spot : `(${spot})`])];
  return [capture, ...place].join(" ");
}

function notJudged(seen: Seen): string[] {
  return Object.entries(seen.notJudged)
    .filter(([, count]) => count > 0)
    .map(([why, count]) => `${number(count)} ${reasons[why as keyof Seen["notJudged"]] ?? why}`);
}

const reasons: Readonly<Record<keyof Required<Seen["notJudged"]>, string>> = {
  "no-response": "without a response (aborted, blocked or failed)",
  "from-cache": "answered from a cache",
  mock: "answered by the test tool, not by a server",
  preflight: "CORS preflight",
  "not-http": "not HTTP (data:, blob:, ws: and the like)",
  "out-of-scope": "to servers out of scope",
  malformed: "malformed",
};

function describeServer({ server, exchanges, errors }: ServerSeen): string {
  return `${foreign(server, 80)} (${counted(exchanges, "exchange")}, ${counted(errors, "error")})`;
}

function listedLines(look: Look, title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const lines = [`  ${title}:`, ...items.slice(0, linesListed).flatMap((item) => paragraph(look, "    ", item))];
  return [...lines, ...rest(items.length).map((line) => `  ${line}`)];
}

function rest(all: number): string[] {
  return all > linesListed ? [`  and ${number(all - linesListed)} more`] : [];
}
