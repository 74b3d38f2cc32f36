import type { CaptureFault } from "../model/capture.ts";
import type { CutFault } from "./cut.ts";

/** Faults told one by one before the rest is only counted. */
const toldSingly = 20;

/** Counts what would otherwise be told for every entry. */
export class FaultCounter {
  oddBase64 = 0;
  noHeaders = 0;
  /** Offset of the first byte that is not UTF-8. */
  notUtf8: number | undefined;
  private readonly capture: string;
  private inEntries = 0;

  constructor(capture: string) {
    this.capture = capture;
  }

  /** Is this fault to be told by itself? Faults of the document always are. */
  admits(fault: CutFault): boolean {
    return fault.entry === undefined || ++this.inEntries <= toldSingly;
  }

  /** What is left to say when the capture has been read. */
  summary(): CaptureFault[] {
    const { capture } = this;
    const faults: CaptureFault[] = [];
    const more = this.inEntries - toldSingly;
    if (more > 0)
      faults.push({
        capture,
        severity: "error",
        message: `${more} more ${entries(more)} could not be read`,
        advice: "export the capture again",
      });
    if (this.oddBase64 > 0)
      faults.push({
        capture,
        severity: "note",
        message: `${this.oddBase64} ${this.oddBase64 === 1 ? "body is" : "bodies are"} said to be base64, but ${this.oddBase64 === 1 ? "is" : "are"} not: taken as text`,
      });
    if (this.noHeaders > 0)
      faults.push({
        capture,
        severity: "note",
        message: `${this.noHeaders} ${entries(this.noHeaders)} without a list of request headers: taken as none`,
      });
    if (this.notUtf8 !== undefined)
      faults.push({
        capture,
        severity: "note",
        offset: this.notUtf8,
        message: "the capture is not all UTF-8: the wrong bytes are read as U+FFFD",
        advice: "export the capture as UTF-8",
      });
    return faults;
  }
}

function entries(count: number): string {
  return count === 1 ? "entry" : "entries";
}
