import { createRequire } from "node:module";

/** The package's version, read from package.json wherever the built or the source file stands. */
export const version: string = readVersion();

function readVersion(): string {
  const require = createRequire(import.meta.url);
  for (const path of ["../package.json", "../../package.json"]) {
    try {
      const manifest = require(path) as { name?: string; version?: string };
      if (manifest.name === "envelint" && manifest.version !== undefined) return manifest.version;
    } catch {
      // The other layout: src/ in the tree, dist/src/ in the package.
    }
  }
  return "0.0.0";
}
