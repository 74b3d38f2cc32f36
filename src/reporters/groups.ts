import type { Finding } from "../model/finding.ts";
import { foreign, number } from "./layout.ts";

/** Findings that say the same of several operations or rows: most likely one cause, and read as one. */
export interface Group {
  /** The worst of them, then the one seen most often: what is shown of the group. */
  readonly first: Finding;
  /** All of them, `first` among them, in the report's order. */
  readonly findings: readonly Finding[];
  /** Sightings in all. */
  readonly count: number;
  /** Names of the operations, "other" left out, in the report's order. */
  readonly operations: readonly string[];
}

/** The report's findings, those of one severity, rule, note and wording made one; in the order of each group's first. */
export function groupFindings<Kind extends Finding>(findings: readonly Kind[]): Group[] {
  const groups = new Map<string, Kind[]>();
  for (const finding of findings) {
    const { severity, rule, note, message } = finding;
    const key = JSON.stringify([severity, rule, note, message]);
    const alike = groups.get(key);
    if (alike === undefined) groups.set(key, [finding]);
    else alike.push(finding);
  }
  return [...groups.values()].map((alike) => ({
    first: alike[0] as Kind,
    findings: alike,
    count: alike.reduce((sum, { count }) => sum + count, 0),
    operations: [...new Set(alike.map(({ operation }) => operation))].filter((operation) => operation !== "other"),
  }));
}

/** `launchCourse, getCourse and 3 more`; "" where no operation has a name. */
export function operationsOf({ operations }: Pick<Group, "operations">, longest = 3): string {
  const shown = operations.slice(0, longest).map((operation) => foreign(operation, 60));
  const rest = operations.length - shown.length;
  return `${shown.join(", ")}${rest > 0 ? ` and ${number(rest)} more` : ""}`;
}
