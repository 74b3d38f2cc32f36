import type { Invocation, Notification, ReportingDescriptor } from "sarif";
import type { CaptureFault } from "../model/capture.ts";
import { exitCodeOf, type Report } from "../model/report.ts";
import { number } from "./layout.ts";
import type { Look } from "./look.ts";
import { plain } from "./sarif-result.ts";
import { locate } from "./sarif-uri.ts";
import { updateBaseline, verdictOf } from "./verdict.ts";

/** Notifications of a kind; the rest is counted. */
const mostOfAKind = 200;

const kinds = {
  unjudged: "Something could not be judged, and the run is not a full one.",
  "capture-fault": "A capture could not be read in full, or is odd.",
  stale: "The baseline lists what is no longer found.",
  remark: "What a reader should know and no exit code says.",
  limit: "A limit of this format was met: the text does not hold everything.",
} as const;
type Kind = keyof typeof kinds;

/** What notifications stand for, as the tool declares it. */
export const notificationKinds: ReportingDescriptor[] = Object.entries(kinds).map(([id, text]) => ({ id, shortDescription: { text } }));

/** How the run went: its exit code, and all that is no finding. `limits`: sentences about what was cut. */
export function invocationOf(report: Report, limits: readonly string[], look: Look): Invocation {
  const exitCode = exitCodeOf(report);
  return {
    executionSuccessful: exitCode < 2,
    exitCode,
    exitCodeDescription: plain(verdictOf(report), 500),
    toolExecutionNotifications: [
      ...listed(report.unjudged, (reason) => notify("unjudged", "error", reason)),
      ...listed(report.faults, (fault) => notify("capture-fault", fault.severity, describeFault(fault), locationOf(fault, look))),
      ...limits.map((limit) => notify("limit", "warning", limit)),
    ],
    toolConfigurationNotifications: [
      ...listed(report.stale, ({ rule, message, line }) => ({
        ...notify("stale", report.failOn === "never" ? "warning" : "error", `No longer found: ${message} Drop it: ${updateBaseline}`, [
          locate({ file: report.baseline ?? report.contract.file, line: Math.max(1, line) }, look),
        ]),
        associatedRule: { id: rule },
      })),
      ...listed(report.remarks, (remark) => notify("remark", "note", remark)),
    ],
  };
}

function listed<Item>(items: readonly Item[], write: (item: Item) => Notification): Notification[] {
  const written = items.slice(0, mostOfAKind).map(write);
  const left = items.length - mostOfAKind;
  return left > 0
    ? [...written, notify("limit", "warning", `${number(left)} more of the kind before are left out; --format json has them.`)]
    : written;
}

function notify(kind: Kind, level: Notification["level"] & string, text: string, locations?: Notification["locations"]): Notification {
  return { descriptor: { id: kind }, level, message: { text: plain(text, 1_000) }, ...(locations && { locations }) };
}

function describeFault({ capture, entry, message, advice }: CaptureFault): string {
  return `${capture}${entry === undefined ? "" : ` entry ${entry}`}: ${message}${advice ? ` (${advice})` : ""}`;
}

function locationOf({ capture, line }: CaptureFault, look: Look): Notification["locations"] {
  return [locate({ file: capture, line: Math.max(1, line ?? 1) }, look)];
}
