import type { CaptureFault } from "../model/capture.ts";
import type { CutFault } from "./cut.ts";

/** Faults told one by one before the rest is only counted. */
const toldSingly = 20;

type Told = Pick<CaptureFault, "severity" | "message" | "advice">;

/** What would otherwise be told for every entry: each oddity is one fault, at the first entry that has it, with a count. */
const oddities = {
  noServer: (n: number): Told => ({
    severity: "error",
    message: `${entries(n)} without an absolute request URL, the first being this: left out`,
    advice: "write each URL with scheme and host",
  }),
  noResponse: (n: number): Told => ({
    severity: "note",
    message: `${entries(n)} without a response, the first being this: counted, not judged`,
  }),
  oddResponse: (n: number): Told => ({
    severity: "error",
    message: `${entries(n)} with a response that is no object, the first being this: not judged`,
    advice: "export the capture again, or mend it by hand at this place",
  }),
  oddStatus: (n: number): Told => ({
    severity: "error",
    message: `${entries(n)} with a status that is none, the first being this: not judged`,
    advice: "write the status as a number of three digits, or 0 where there was no response",
  }),
  noHeaders: (n: number): Told => ({
    severity: "note",
    message: `${entries(n)} without a list of request headers, the first being this: taken as none`,
  }),
  noDate: (n: number): Told => ({
    severity: "note",
    message: `${entries(n)} with a startedDateTime that cannot be read, the first being this: no rule about time applies`,
  }),
  disorder: (n: number): Told => ({
    severity: "note",
    message: `${entries(n)} that ended before the entry above began, the first being this: rules about time go by the times, not by the order`,
  }),
  oddBase64: (n: number): Told => ({
    severity: "note",
    message: `${n} ${n === 1 ? "body" : "bodies"} said to be base64 that cannot be decoded, the first being this: taken as text`,
  }),
};

export type Oddity = keyof typeof oddities;

/** Where an entry stands. */
type Place = Pick<CutFault, "entry" | "offset" | "line">;

/** Keeps the faults of one capture few. */
export class FaultCounter {
  /** The first byte that is not UTF-8. */
  notUtf8: Pick<CutFault, "offset" | "line"> | undefined;
  private readonly counts = new Map<Oddity, { count: number; readonly first: Place }>();
  private inEntries = 0;
  private inDocument = 0;

  /** Is this fault to be told by itself? */
  admits(fault: CutFault): boolean {
    return (fault.entry === undefined ? ++this.inDocument : ++this.inEntries) <= toldSingly;
  }

  /** Counts an oddity of an entry. */
  count(oddity: Oddity, { entry, offset, line }: Place): void {
    const seen = this.counts.get(oddity);
    if (seen !== undefined) seen.count++;
    else {
      const first: Place = {
        ...(entry !== undefined && { entry }),
        ...(offset !== undefined && { offset }),
        ...(line !== undefined && { line }),
      };
      this.counts.set(oddity, { count: 1, first });
    }
  }

  /** What is left to say when the capture has been read. */
  summary(): CutFault[] {
    const faults: CutFault[] = [];
    const more = this.inEntries - toldSingly;
    const advice = "export the capture again";
    if (more > 0) faults.push({ severity: "error", message: `${entries(more, "more ")} could not be read`, advice });
    const others = this.inDocument - toldSingly;
    if (others > 0) faults.push({ severity: "error", message: `${others} more faults outside of the entries`, advice });
    for (const [oddity, { count, first }] of this.counts) faults.push({ ...first, ...oddities[oddity](count) });
    if (this.notUtf8 !== undefined)
      faults.push({
        severity: "note",
        ...this.notUtf8,
        message: "the capture is not all UTF-8: the wrong bytes are read as U+FFFD",
        advice: "export the capture as UTF-8",
      });
    return faults;
  }
}

function entries(count: number, which = ""): string {
  return `${count} ${which}${count === 1 ? "entry" : "entries"}`;
}
