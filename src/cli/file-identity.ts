import { type BigIntStats, fstatSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * What two names of one file share, whatever links lead to it; undefined where writing harms nothing: pipes, devices.
 * A file that is still to be made is known by its folders and name.
 */
export async function identityOf(path: string): Promise<string | undefined> {
  const about = await stat(path, { bigint: true }).catch(() => undefined);
  return about === undefined ? realPathOf(path) : identify(about);
}

/** By the nearest folder that is there: those below it are still to be made. */
async function realPathOf(path: string): Promise<string> {
  const folder = dirname(path);
  if (folder === path) return path;
  return join(await realpath(folder).catch(() => realPathOf(folder)), basename(path));
}

/** The file that a stream reads, as `envelint - < traffic.har`. */
export function identityOfStream(stream: object): string | undefined {
  const { fd } = stream as { readonly fd?: unknown };
  if (typeof fd !== "number") return undefined;
  try {
    return identify(fstatSync(fd, { bigint: true }));
  } catch {
    return undefined;
  }
}

function identify(about: BigIntStats): string | undefined {
  return about.isFile() ? `${about.dev}:${about.ino}` : undefined;
}
