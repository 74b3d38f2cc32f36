import { openFile } from "./open-bytes.ts";

/** One-based lines of offsets in a (decompressed) file, read again up to the last of them; null past its end. */
export async function findLines(path: string, offsets: readonly number[]): Promise<(number | null)[]> {
  const order = offsets.map((offset, index) => ({ offset, index })).sort((a, b) => a.offset - b.offset);
  const lines: (number | null)[] = offsets.map(() => null);
  if (order.length === 0) return lines;
  const source = await openFile(path);
  const buffer = Buffer.allocUnsafeSlow(1 << 18);
  let base = 0;
  let line = 1;
  let next = 0;
  try {
    while (next < order.length) {
      const count = await source.read(buffer, 0, buffer.length);
      let i = 0;
      for (; next < order.length; next++) {
        const { offset, index } = order[next] as { offset: number; index: number };
        // The place just after the last byte still has a line.
        if (offset - base > count || (offset - base === count && count > 0)) break;
        for (; i < offset - base; i++) if (buffer[i] === 10) line++;
        lines[index] = line;
      }
      if (count === 0) break;
      for (; i < count; i++) if (buffer[i] === 10) line++;
      base += count;
    }
  } finally {
    await source.close().catch(() => undefined);
  }
  return lines;
}
