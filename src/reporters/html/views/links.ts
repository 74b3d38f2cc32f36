import type { FindingData } from "../page-data.ts";

/** What a link to a view of the findings sets. */
export interface FilterLink {
  readonly severity?: string;
  readonly state?: string;
  readonly rule?: string;
  readonly operation?: string;
  readonly row?: string;
}

/** A link that shows the findings that fit. */
export function filterLink(filters: FilterLink): `#${string}` {
  return `#${Object.entries(filters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&")}`;
}

/** The anchor of a finding: links to it outlive the report, since fingerprints do. */
export function anchorOf({ fingerprint }: Pick<FindingData, "fingerprint">): string {
  return `finding-${encodeURIComponent(fingerprint)}`;
}
