import { readFileSync } from "node:fs";

/** The package's version, read from package.json wherever the built or the source file stands. */
export const version: string = readVersion();

function readVersion(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    try {
      const manifest = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as { name?: string; version?: string };
      if (manifest.name === "envelint" && manifest.version !== undefined) return manifest.version;
    } catch {
      // The other layout: src/ in the tree, dist/chunks/ in the package.
    }
  }
  return "0.0.0";
}
