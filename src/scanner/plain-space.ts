import { PlainScanner } from "./plain-scanner.ts";
import type { ScanSpace, Skipper } from "./scan-space.ts";
import type { Shape } from "./shape.ts";
import { ValueSkipper } from "./value-skipper.ts";

/** Bytes looked through in plain TypeScript. */
export class PlainSpace implements ScanSpace {
  readonly bytes: Buffer;
  readonly fields = new Int32Array(0);
  private readonly scanner: PlainScanner;

  constructor(shape: Shape, size: number) {
    this.scanner = new PlainScanner(shape);
    // What is never written takes no memory: it need not grow by copies.
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  get spans(): Int32Array {
    return this.scanner.spans;
  }

  get doubtful(): boolean {
    return this.scanner.doubtful;
  }

  get flaw(): number {
    return this.scanner.flaw;
  }

  scan(from: number, to: number): number {
    return this.scanner.scan(this.bytes, from, to);
  }

  skip(lax: boolean): Skipper {
    return new ValueSkipper(this.bytes, lax);
  }

  /** Whoever asks does it in TypeScript. */
  indexFields(): number {
    return -1;
  }

  countNewlines(from: number, to: number): number {
    const bytes = this.bytes.subarray(from, to);
    // Most captures are one line.
    const first = bytes.indexOf(10);
    if (first < 0) return 0;
    let count = 0;
    for (let i = first; i < bytes.length; i++) if (bytes[i] === 10) count++;
    return count;
  }
}
