import type { Known, Shape } from "./shape.ts";
import type { SimdExports } from "./simd-module.ts";

/** The longest name that the module compares. */
const longestName = 31;

/** Writes a shape, and those within it, into the module's memory; gives its address. */
export function writeShape(shape: Shape, wasm: SimdExports): number {
  const memory = new DataView(wasm.memory.buffer);
  let free = wasm.SHAPES.value;
  const take = (size: number) => {
    const at = free;
    free += size;
    if (free > wasm.SHAPES.value + wasm.SHAPES_SIZE.value) throw new Error("SHAPES_SIZE is too small for all members");
    return at;
  };
  const write = ({ names }: Shape): number => {
    const at = take(wasm.SHAPE_SIZE.value);
    for (const known of names.values()) {
      const first = at + 2 * known.bytes.length;
      memory.setUint16(first, writeRecord(known, memory.getUint16(first, true)), true);
    }
    return at;
  };
  const writeRecord = ({ name, bytes, field, shape }: Known, next: number): number => {
    if (bytes.length > longestName) throw new Error(`${name} is too long a name`);
    const at = take(wasm.RECORD_SIZE.value);
    for (const [i, byte] of bytes.entries()) memory.setUint8(at + i, byte);
    memory.setInt32(at + wasm.RECORD_FIELD.value, field, true);
    memory.setInt32(at + wasm.RECORD_SHAPE.value, shape === undefined ? 0 : write(shape), true);
    memory.setInt32(at + wasm.RECORD_NEXT.value, next, true);
    return at;
  };
  return write(shape);
}
