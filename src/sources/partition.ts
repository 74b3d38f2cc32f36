import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Target } from "./targets.ts";

/** Bytes at each end of a capture that tell it from another of the same name and size: a recording begins with its times. */
const looked = 4096;

/** Names a set of captures: equal wherever the same files are given in the same order, 16 hex digits of SHA-256. */
export async function partition(targets: readonly Target[]): Promise<string> {
  const hash = createHash("sha256");
  for (const target of targets) hash.update(JSON.stringify([target.name, target.size])).update(await endsOf(target));
  return hash.digest("hex").slice(0, 16);
}

async function endsOf({ path, rereadable, size = 0 }: Target): Promise<Buffer> {
  if (path === undefined || !rereadable) return Buffer.alloc(0);
  const file = await open(path).catch(() => undefined);
  try {
    const read = async (at: number) => {
      const { buffer, bytesRead } = (await file?.read(Buffer.alloc(looked), 0, looked, at)) ?? { buffer: Buffer.alloc(0), bytesRead: 0 };
      return buffer.subarray(0, bytesRead);
    };
    return Buffer.concat([await read(0), await read(Math.max(0, size - looked))]);
  } catch {
    // What cannot be read, reading tells.
    return Buffer.alloc(0);
  } finally {
    await file?.close();
  }
}

/** One part of the captures: a stretch of their order, the parts of about as many bytes, since captures that stand together belong together. */
export function partOf(targets: readonly Target[], { index, of }: { readonly index: number; readonly of: number }): readonly Target[] {
  if (of === 1) return targets;
  // An empty file has its weight as well, lest all of them go to one part.
  const weights = targets.map(({ size = 0 }) => size + 1);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return targets.filter((_, at) => {
    const middle = before + (weights[at] ?? 0) / 2;
    before += weights[at] ?? 0;
    return Math.floor((middle * of) / all) === index - 1;
  });
}
