import type { Skipper } from "./scan-space.ts";
import type { SimdExports } from "./simd-module.ts";
import { ValueSkipper } from "./value-skipper.ts";

/** Passes over a value in WebAssembly; what is nested too deep there, in plain TypeScript. */
export class SimdSkipper implements Skipper {
  done = false;
  flaw = -1;
  private readonly bytes: Buffer;
  private readonly wasm: SimdExports;
  private plain: ValueSkipper | undefined;

  constructor(bytes: Buffer, wasm: SimdExports) {
    this.bytes = bytes;
    this.wasm = wasm;
    wasm.begin();
  }

  feed(from: number, to: number): number {
    if (this.plain !== undefined) return this.feedPlainly(this.plain, from, to);
    const { wasm } = this;
    const data = wasm.DATA.value;
    wasm.forgetFlaw();
    const after = wasm.pass(data + from, data + to, 0);
    this.flaw = wasm.flaw.value === 0 ? -1 : wasm.flaw.value - data;
    if (after === wasm.TOO_DEEP.value) {
      const { flaw } = this;
      this.plain = this.handOver();
      const rest = this.feedPlainly(this.plain, wasm.deepAt.value - data, to);
      if (flaw >= 0) this.flaw = flaw;
      return rest;
    }
    this.done = wasm.done.value !== 0;
    return after < 0 ? after : after - data;
  }

  private feedPlainly(plain: ValueSkipper, from: number, to: number): number {
    const after = plain.feed(from, to);
    this.done = plain.done;
    this.flaw = plain.flaw;
    return after;
  }

  private handOver(): ValueSkipper {
    const { STACK, memory, depth, expected } = this.wasm;
    const closings = new Uint8Array(memory.buffer).slice(STACK.value, STACK.value + depth.value);
    return new ValueSkipper(this.bytes, false, { closings, begun: expected.value === 1 });
  }
}
