import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { ConfigError } from "../../src/config/config-error.ts";
import { describeFault } from "../../src/yaml-source/fault.ts";

/** A folder of a test file's own, gone after it, with the files that are written into it. It is a repository, so that nothing above it is found. */
export function makeFolder(): { readonly folder: string; readonly write: (file: string, text?: string) => string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "envelint-config-")));
  mkdirSync(join(folder, ".git"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    write(file, text = "") {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
  };
}

/** What a configuration is refused for, a line each; empty = it is not. */
export async function faultsOf(read: () => unknown): Promise<string[]> {
  try {
    await read();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map(describeFault);
  }
}
