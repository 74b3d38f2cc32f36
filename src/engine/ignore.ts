import type { Finding, IgnoredFinding } from "../model/finding.ts";
import type { Ignore } from "./settings.ts";

/** Placeholder until the branch of configuration comes in. */
export function applyIgnores(
  findings: readonly Finding[],
  _ignores: readonly Ignore[],
  _today: string,
): { findings: readonly Finding[]; ignored: readonly IgnoredFinding[]; remarks: readonly string[] } {
  return { findings, ignored: [], remarks: [] };
}
