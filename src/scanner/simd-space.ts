import { PlainScanner } from "./plain-scanner.ts";
import { steps } from "./scalar.ts";
import type { ScanSpace, Skipper } from "./scan-space.ts";
import type { Shape } from "./shape.ts";
import { instantiateSimd, type SimdExports } from "./simd-module.ts";
import { SimdSkipper } from "./simd-skipper.ts";
import { ValueSkipper } from "./value-skipper.ts";
import { writeShape } from "./write-shape.ts";

/** Bytes looked through in WebAssembly, whose memory they lie in. */
export class SimdSpace implements ScanSpace {
  readonly bytes: Buffer;
  readonly spans: Int32Array;
  readonly fields: Int32Array;
  doubtful = false;
  flaw = -1;
  private readonly wasm: SimdExports;
  private readonly data: number;
  private readonly shape: number;
  private readonly plain: PlainScanner;

  /** Throws where there is no WebAssembly to be had. */
  constructor(shape: Shape) {
    const wasm = instantiateSimd();
    const { buffer } = wasm.memory;
    this.wasm = wasm;
    this.plain = new PlainScanner(shape);
    this.data = wasm.DATA.value;
    this.bytes = Buffer.from(buffer, this.data, buffer.byteLength - this.data - wasm.PAST_END.value);
    this.spans = new Int32Array(buffer, wasm.SPANS.value, this.plain.spans.length);
    this.fields = new Int32Array(buffer, wasm.FIELDS.value, 4 * wasm.MOST_FIELDS.value);
    if (this.spans.byteLength > wasm.SPANS_SIZE.value) throw new Error("SPANS_SIZE is too small for all fields");
    new Uint8Array(buffer).set(steps, wasm.STEPS.value);
    this.shape = writeShape(shape, wasm);
  }

  scan(from: number, to: number): number {
    const { data, wasm } = this;
    const after = wasm.scan(data + from, data + to, this.shape);
    if (after === wasm.TOO_DEEP.value) return this.scanPlainly(from, to);
    const flaw = wasm.flaw.value;
    this.flaw = flaw === 0 ? -1 : flaw - data;
    this.doubtful = wasm.oddName.value !== 0 || flaw !== 0;
    return after < 0 ? after : after - data;
  }

  skip(lax: boolean): Skipper {
    return lax ? new ValueSkipper(this.bytes, lax) : new SimdSkipper(this.bytes, this.wasm);
  }

  countNewlines(from: number, to: number): number {
    return this.wasm.countNewlines(this.data + from, this.data + to);
  }

  indexFields(from: number, to: number): number {
    return this.wasm.indexFields(this.data + from, this.data + to);
  }

  private scanPlainly(from: number, to: number): number {
    const after = this.plain.scan(this.bytes, from, to);
    this.spans.set(this.plain.spans);
    this.doubtful = this.plain.doubtful;
    this.flaw = this.plain.flaw;
    return after;
  }
}
