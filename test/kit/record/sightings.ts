import type { Place } from "../../../src/model/place.ts";
import type { Report } from "../../../src/model/report.ts";

/** One sample of one finding, as the kit expects them. */
export interface Sighting {
  readonly rule: string;
  readonly note: string;
  readonly row: string | null;
  /** Zero-based, in `log.entries`. */
  readonly entry: number;
  readonly place: Place;
}

/** Every sample of every finding of a report made with `maxSamples: 0`, in the order of the capture. */
export function sightings(report: Report): Sighting[] {
  return report.findings
    .flatMap(({ rule, note, row, samples }) => samples.map(({ entry, place }) => ({ rule, note, row, entry, place })))
    .sort((a, b) => a.entry - b.entry);
}
