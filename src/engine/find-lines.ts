import type { Finding } from "../model/finding.ts";
import type { CaptureStream } from "./judging.ts";
import { obtain } from "./obtain.ts";

/** Finds the lines of samples, in one further pass over each capture concerned, and gives what writes them into a finding. */
export async function findLines(
  captures: CaptureStream,
  findings: Iterable<Finding>,
): Promise<<Kind extends Finding>(finding: Kind) => Kind> {
  const wanted = new Map<string, Map<number, number | null>>();
  for (const { samples } of findings)
    for (const { capture, offset, line } of samples) {
      if (line !== null) continue;
      obtain(wanted, capture, () => new Map<number, number | null>()).set(offset, null);
    }
  for (const [capture, offsets] of wanted) {
    const sorted = [...offsets.keys()].sort((a, b) => a - b);
    const lines = await captures.linesOf(capture, sorted);
    sorted.forEach((offset, index) => {
      offsets.set(offset, lines[index] ?? null);
    });
  }
  return (finding) => ({
    ...finding,
    samples: finding.samples.map((sample) => ({ ...sample, line: sample.line ?? wanted.get(sample.capture)?.get(sample.offset) ?? null })),
  });
}
