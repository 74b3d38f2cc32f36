import { PlainSpace } from "./plain-space.ts";
import type { ScanSpace } from "./scan-space.ts";
import type { Shape } from "./shape.ts";
import { SimdSpace } from "./simd-space.ts";

/** Instances of the module at a time: each takes some gigabytes of address space, though little memory. */
const mostSimd = 8;

/** Hands out spaces, and takes them back: a thousand captures in turn need one, not a thousand. */
export class ScanSpaces {
  private readonly shape: Shape;
  private readonly idle: SimdSpace[] = [];
  private made = 0;
  private spare: PlainSpace | undefined;

  constructor(shape: Shape) {
    this.shape = shape;
  }

  /** A space of at least so many bytes, in plain TypeScript where that is wanted, or where there is no other. */
  open(size: number, plain = process.env.ENVELINT_SCANNER === "plain"): ScanSpace {
    const simd = plain ? undefined : this.openSimd();
    if (simd !== undefined && simd.bytes.length >= size) return simd;
    if (simd !== undefined) this.close(simd);
    const { spare } = this;
    this.spare = undefined;
    return spare?.bytes.length === size ? spare : new PlainSpace(this.shape, size);
  }

  /** Nothing that was read in it can be read any more. */
  close(space: ScanSpace): void {
    if (space instanceof SimdSpace) this.idle.push(space);
    else if (space instanceof PlainSpace) this.spare = space;
  }

  private openSimd(): SimdSpace | undefined {
    const idle = this.idle.pop();
    if (idle !== undefined || this.made >= mostSimd) return idle;
    try {
      const space = new SimdSpace(this.shape);
      this.made++;
      return space;
    } catch {
      // No WebAssembly here, or no address space for it: not to be tried again.
      this.made = mostSimd;
      return undefined;
    }
  }
}
