import { binary } from "./simd-binary.ts";

/** What src/scanner/assembly/index.ts exports. */
export interface SimdExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly scan: (from: number, to: number, shape: number) => number;
  readonly begin: () => void;
  readonly pass: (from: number, to: number, whole: number) => number;
  readonly forgetFlaw: () => void;
  readonly countNewlines: (from: number, to: number) => number;
  readonly indexFields: (from: number, to: number) => number;
  readonly oddName: Cell;
  readonly flaw: Cell;
  readonly done: Cell;
  readonly depth: Cell;
  readonly expected: Cell;
  readonly deepAt: Cell;
  readonly DATA: Cell;
  readonly STEPS: Cell;
  readonly SPANS: Cell;
  readonly SHAPES: Cell;
  readonly SHAPES_SIZE: Cell;
  readonly SPANS_SIZE: Cell;
  readonly SHAPE_SIZE: Cell;
  readonly RECORD_SIZE: Cell;
  readonly RECORD_FIELD: Cell;
  readonly RECORD_SHAPE: Cell;
  readonly RECORD_NEXT: Cell;
  readonly FIELDS: Cell;
  readonly MOST_FIELDS: Cell;
  readonly STACK: Cell;
  readonly TOO_DEEP: Cell;
  readonly PAST_END: Cell;
}

interface Cell {
  readonly value: number;
}

/** As much of WebAssembly's API as is used; the types of Node do not have it. */
interface Api {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

let compiled: object | undefined;

/** A new instance; throws where WebAssembly, its SIMD or the address space is missing. Compiled once. */
export function instantiateSimd(): SimdExports {
  const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Api }).WebAssembly;
  compiled ??= new Module(Buffer.from(binary, "base64"));
  return new Instance(compiled).exports as SimdExports;
}
