import type { CaptureFault } from "../model/capture.ts";
import { obtain } from "./obtain.ts";

/** Faults listed for each capture; the rest of a capture's is one fault that counts them. */
const listed = 20;

interface CaptureFaults {
  readonly kept: CaptureFault[];
  left: number;
  worst: CaptureFault["severity"];
}

/** What could not be read, bounded: a capture of a million broken entries is twenty lines and a number. */
export class FaultList {
  readonly #captures = new Map<string, CaptureFaults>();

  add(fault: CaptureFault): void {
    const faults = obtain(this.#captures, fault.capture, (): CaptureFaults => ({ kept: [], left: 0, worst: "note" }));
    if (faults.kept.length < listed) faults.kept.push(fault);
    else {
      faults.left++;
      if (fault.severity === "error") faults.worst = "error";
    }
  }

  list(): CaptureFault[] {
    return [...this.#captures].flatMap(([capture, { kept, left, worst }]) =>
      left === 0 ? kept : [...kept, { capture, severity: worst, message: `${left} more faults like these are not listed` }],
    );
  }
}
