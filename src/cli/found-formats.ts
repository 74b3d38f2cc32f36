import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { splitFormat } from "./outputs.ts";
import { UsageError } from "./usage.ts";
import { folderAbove, unwritable } from "./writable.ts";

/**
 * Refuses folders that a configuration which was found, and not named, would have made elsewhere than in its own folder or the working directory: there,
 * a report's folder must be there already.
 */
export async function checkFoundFormats(formats: readonly string[], file: string, cwd: string): Promise<void> {
  const homes = await Promise.all([cwd, dirname(resolve(cwd, file))].map((folder) => realpath(folder)));
  for (const text of formats) {
    const { file: report } = splitFormat(text);
    if (report === undefined || report === "" || report === "-") continue;
    const path = resolve(cwd, report);
    const above = await folderAbove(path).catch((error) => {
      throw unwritable(report, error);
    });
    if (above === dirname(path)) continue;
    const real = await realpath(above);
    if (homes.some((home) => isWithin(real, home))) continue;
    throw new UsageError(
      `The report cannot be written to ${report}: its folder does not exist, and is outside the configuration's own. Make the folder first.`,
    );
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
