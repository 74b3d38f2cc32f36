import type { FindingData, GroupData } from "../page-data.ts";
import type { Filters } from "./filters.ts";

/** A group, and those of its findings that are wanted. */
export interface Selected {
  readonly group: GroupData;
  readonly findings: readonly FindingData[];
}

const searchable = new WeakMap<FindingData, string>();

/** The groups in which filters leave something, in their order. */
export function select(groups: readonly GroupData[], filters: Filters): Selected[] {
  const words = filters.q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return groups.flatMap((group) => {
    if (!fitsGroup(group, filters)) return [];
    const findings = group.findings.filter((finding) => fitsFinding(finding, filters) && hasWords(finding, group, words));
    return findings.length === 0 ? [] : [{ group, findings }];
  });
}

/** Makes what is searched, so that the first key pressed need not wait for it. */
export function prepareSearch(groups: readonly GroupData[]): void {
  for (const group of groups) for (const finding of group.findings) textOf(finding, group);
}

function fitsGroup({ severity, state, rule }: GroupData, filters: Filters): boolean {
  if (filters.severity.length > 0 && !filters.severity.includes(severity ?? "")) return false;
  if (filters.state.length > 0 && !filters.state.includes(state)) return false;
  return filters.rule === "" || (filters.rule.endsWith("/") ? rule.startsWith(filters.rule) : rule === filters.rule);
}

function fitsFinding({ subject, operation, row }: FindingData, filters: Filters): boolean {
  if (filters.subject.length > 0 && !filters.subject.includes(subject ?? "")) return false;
  if (filters.operation !== "" && operation !== filters.operation) return false;
  return filters.row === "" || row === filters.row;
}

function hasWords(finding: FindingData, group: GroupData, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = textOf(finding, group);
  return words.every((word) => text.includes(word));
}

/** All that a search looks through of a finding; made once. */
function textOf(finding: FindingData, { message, rule }: GroupData): string {
  const known = searchable.get(finding);
  if (known !== undefined) return known;
  const { operation, row, fingerprint, samples } = finding;
  const text = [
    message,
    rule,
    operation,
    row ?? "",
    fingerprint,
    ...samples.flatMap(({ where, method, url }) => [where, `${method} ${url}`]),
  ];
  const lower = text.join("\n").toLowerCase();
  searchable.set(finding, lower);
  return lower;
}
