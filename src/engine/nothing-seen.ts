import type { Finding } from "../model/finding.ts";
import type { Coverage, Report, Seen } from "../model/report.ts";

/** "Nothing matched" is never green: says what was seen instead of the API's errors. */
export function nothingSeen(
  seen: Seen,
  findings: readonly Finding[],
  /** undefined: nobody is held to the contract's rows. */
  coverage: Coverage | undefined,
  servers: readonly string[],
  command: Report["command"],
): string[] {
  const of = `of ${counted(seen.exchanges)}`;
  if (seen.exchanges === 0) return ["No exchange was read: there is nothing to judge."];
  if (seen.judged === 0 && (command === "probe" || (command === "record" && seen.outOfScope.length === 0)))
    return ["The server answered no request: there is nothing to judge."];
  if (seen.judged === 0) {
    const met = seen.outOfScope.slice(0, 3).map((server) => server.server);
    const saw =
      met.length === 0 ? "none could be judged" : `the servers seen were ${met.join(", ")}${seen.outOfScope.length > 3 ? "…" : ""}`;
    return servers.length > 0
      ? [`Nothing in scope: ${of} none went to ${servers.join(", ")}; ${saw}.`]
      : [`Nothing in scope: ${of} no error was answered in the contract's envelope; ${saw}. Name the API's with --server.`];
  }
  if (seen.errors === 0 && findings.length === 0)
    return [`No error was answered in scope (${counted(seen.judged)}, all successes): no promise was put to the test.`];
  if (coverage === undefined) return [];
  const told = findings.some(({ severity }) => severity !== "note");
  const isTested = [...coverage.rows, ...coverage.provisions].some(({ verdict }) => verdict === "kept" || verdict === "broken");
  if (!told && !isTested)
    return [
      `No promise was put to the test: of the ${seen.errors} error answer${seen.errors === 1 ? "" : "s"} in scope none was seen whole that is the API's own.`,
    ];
  return [];
}

function counted(exchanges: number): string {
  return `${exchanges} exchange${exchanges === 1 ? "" : "s"}`;
}
