import type { CaptureFault } from "../../../model/capture.ts";
import type { Report, ServerSeen } from "../../../model/report.ts";
import { counted, foreign, number } from "../../layout.ts";
import type { LeftOut } from "../gather.ts";
import { limits } from "../limits.ts";
import { h, type Tree } from "../tree.ts";

/** What a reader must know before trusting the verdict: what could not be judged, remarks, what the page itself leaves out. */
export function warningsPart({ unjudged, remarks, seen }: Report, leftOut: LeftOut): Tree {
  const forgotten =
    seen.forgotten > 0
      ? [
          `Memory is bounded: ${counted(seen.forgotten, "remembered exchange")} had to be forgotten, so rules that compare exchanges may have missed some.`,
        ]
      : [];
  return [
    list("Could not be judged", "unjudged", unjudged, true),
    list("Remarks", "remarks", [...remarks, ...forgotten], true),
    list("Left out of this page", "left-out", leftOutSentences(leftOut), true),
  ];
}

/** What was seen and not judged: faults of captures, cases that were not observable, servers in and out of scope. */
export function seenPart({ faults, coverage, seen }: Report): Tree {
  const sorted = [...faults].sort((a, b) => Number(a.severity === "note") - Number(b.severity === "note"));
  return h(
    "section",
    { id: "seen", "aria-labelledby": "seen-title" },
    h("h2", { id: "seen-title" }, "What was seen"),
    list(
      "Faults of captures",
      "faults",
      sorted.map(faultText),
      faults.some(({ severity }) => severity === "error"),
    ),
    list(
      "Could not be told",
      "untold",
      coverage.notObservable.map(({ rule, reason, count }) => `${rule}: ${reason} (${number(count)})`),
      false,
    ),
    list(
      "Exchanges not judged",
      "not-judged",
      Object.entries(seen.notJudged).map(([why, count]) => `${number(count)} ${why}`),
      false,
    ),
    list("Servers in scope", "in-scope", seen.inScope.map(serverText), false),
    list("Servers out of scope", "out-of-scope", seen.outOfScope.map(serverText), false),
  );
}

function list(title: string, id: string, items: readonly string[], open: boolean): Tree {
  if (items.length === 0) return undefined;
  const more = items.length - limits.listed;
  return h(
    "details",
    { class: "told", id, open },
    h("summary", {}, title, " ", h("span", { class: "dim" }, number(items.length))),
    h(
      "ul",
      {},
      ...items.slice(0, limits.listed).map((item) => h("li", {}, foreign(item, limits.sentence))),
      more > 0 ? h("li", {}, `and ${number(more)} more: --format json lists them all`) : undefined,
    ),
  );
}

function leftOutSentences({ findings, samples, exchanges }: LeftOut): string[] {
  const told: [number, string][] = [
    [findings, "finding"],
    [samples, "sample"],
    [exchanges, "exchange"],
  ];
  return told
    .filter(([count]) => count > 0)
    .map(([count, noun]) => `${counted(count, noun)}, to keep the page quick: --format json has all findings.`);
}

function faultText({ capture, entry, line, severity, message, advice }: CaptureFault): string {
  const where = `${capture}${entry === undefined ? "" : ` entry ${entry}`}${line === undefined ? "" : ` line ${line}`}`;
  return `${severity}: ${where}: ${message}${advice ? ` (${advice})` : ""}`;
}

function serverText({ server, exchanges, errors }: ServerSeen): string {
  return `${foreign(server, 120)} (${counted(exchanges, "exchange")}, ${counted(errors, "error")})`;
}
