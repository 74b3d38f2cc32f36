// What was measured on, and with which versions.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";

export const describeMachine = () => ({
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: cpus().length,
  memoryGB: Math.round(totalmem() / 1e9),
  system: `${platform()} ${arch()}`,
  node: process.version,
});

/** Names of packages and programs, with their versions. */
export function listVersions() {
  const read = (/** @type {string} */ path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
  const jq = spawnSync("jq", ["--version"], { encoding: "utf8" }).stdout?.trim().replace(/^jq-/, "");
  return {
    envelint: read("../../package.json").version,
    ...read("../package.json").dependencies,
    ...(jq ? { jq } : {}),
  };
}
