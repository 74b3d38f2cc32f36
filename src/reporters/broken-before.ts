import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";

/** Why a broken promise is none that this run broke: all that is told about it the baseline lists, or the configuration passes over. */
export type Before = "known" | "ignored";

/** Promises that no new finding breaks, by name. */
export interface BrokenBefore {
  readonly rows: ReadonlyMap<string, Before>;
  readonly provisions: ReadonlyMap<string, Before>;
  readonly operations: ReadonlyMap<string, Before>;
}

/** Tells old from new among what coverage calls broken. */
export function brokenBefore({ findings, known, ignored, coverage }: Report): BrokenBefore {
  const sort = (promises: readonly { readonly name: string; readonly verdict: string }[], nameOf: (finding: Finding) => string | null) => {
    const namesIn = (some: readonly Finding[]) => new Set(some.filter(breaks).map(nameOf));
    const [fresh, listed, passed] = [namesIn(findings), namesIn(known), namesIn(ignored)];
    return new Map<string, Before>(
      promises.flatMap(({ name, verdict }): [string, Before][] => {
        if (verdict !== "broken" || fresh.has(name)) return [];
        return listed.has(name) ? [[name, "known"]] : passed.has(name) ? [[name, "ignored"]] : [];
      }),
    );
  };
  return {
    rows: sort(
      coverage.rows.map(({ row, verdict }) => ({ name: row, verdict })),
      ({ row }) => row,
    ),
    provisions: sort(
      coverage.provisions.map(({ provision, verdict }) => ({ name: provision, verdict })),
      ({ provision }) => provision ?? null,
    ),
    operations: sort(
      coverage.operations.map(({ operation, verdict }) => ({ name: operation, verdict })),
      ({ operation }) => operation,
    ),
  };
}

/** As coverage counts: a note breaks nothing, nor does a client what the server promised. */
function breaks({ severity, subject }: Finding): boolean {
  return severity !== "note" && subject === "server";
}
