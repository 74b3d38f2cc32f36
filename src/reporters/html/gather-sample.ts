import type { Sample } from "../../model/finding.ts";
import { describePlace } from "../../model/place.ts";
import { foreign } from "../layout.ts";
import type { ExchangeShelf } from "./exchange-shelf.ts";
import { findMark } from "./find-mark.ts";
import { limits } from "./limits.ts";
import type { RelatedData, SampleData } from "./page-data.ts";
import { splitEvidence } from "./shown-text.ts";

/** A sample as the page shows it, with its exchange and related ones as far as there is room. */
export function gatherSample(sample: Sample, shelf: ExchangeShelf): SampleData {
  const { capture, entry, line, place, asked, curl } = sample;
  const taken = shelf.take(sample);
  return {
    where: `${foreign(capture, limits.name)} entry ${entry}${line === null ? "" : ` (line ${line})`}`,
    method: foreign(sample.method, 40),
    url: foreign(sample.url, limits.url),
    status: sample.status,
    place: place.kind === "exchange" ? "" : foreign(describePlace(place), limits.sentence),
    expected: foreign(sample.expected, limits.sentence),
    found: foreign(sample.found, limits.sentence),
    evidence: evidenceOf(sample.evidence),
    ...(asked !== undefined && { asked: foreign(asked, limits.sentence) }),
    ...(curl !== undefined && curl.length <= limits.curl && { curl: foreign(curl, 4 * limits.curl) }),
    exchange: taken?.index ?? null,
    mark: taken === undefined ? null : findMark(taken.exchange, place, taken.layouts),
    related: sample.related.slice(0, limits.related).map((origin): RelatedData => {
      const name = origin.capture === capture ? "" : `${foreign(origin.capture, limits.name)} `;
      return { where: `${name}entry ${origin.entry}`, exchange: shelf.take(origin)?.index ?? null };
    }),
  };
}

function evidenceOf(evidence: string): SampleData["evidence"] {
  const [before, marked, after] = splitEvidence(evidence);
  return [foreign(before, limits.evidence), foreign(marked, limits.evidence), foreign(after, limits.evidence)];
}
