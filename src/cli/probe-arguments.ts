import type { ProbeOptions } from "../options/probe-options.ts";
import { type AuditArguments, readCount } from "./audit-options.ts";
import type { Settled } from "./settle.ts";
import { UsageError } from "./usage.ts";

/** What yargs makes of `envelint probe`. */
export interface ProbeArguments
  extends Pick<
    AuditArguments,
    "config" | "no-config" | "contract" | "rule" | "require" | "min-coverage" | "fail-on" | "format" | "max-samples" | "quiet"
  > {
  readonly plan?: string;
  readonly target?: string;
  readonly init?: boolean;
  readonly "dry-run"?: boolean;
  readonly probe?: readonly string[];
  readonly "max-requests"?: string;
  readonly "reads-only"?: boolean;
  readonly "allow-writes"?: boolean;
  readonly "allow-burst"?: boolean;
  readonly record?: string;
  readonly announce?: boolean;
  readonly seed?: string;
}

/** The run's options, each checked before anything is read. */
export function readProbeSettings({ given, settings, config }: Settled<ProbeArguments>): ProbeOptions {
  if (given["reads-only"] && (given["allow-writes"] || given["allow-burst"]))
    throw new UsageError("--reads-only goes with neither --allow-writes nor --allow-burst.", "probe");
  const fallback = config?.options.contract;
  return {
    ...settings,
    ...(fallback !== undefined && { defaultContract: fallback }),
    ...(given.target !== undefined && { target: given.target }),
    ...(given.probe && { probes: given.probe }),
    ...(given["max-requests"] !== undefined && { maxRequests: readCount("--max-requests", given["max-requests"], "") }),
    ...(given["reads-only"] && { readsOnly: true }),
    ...(given["allow-writes"] && { allowWrites: true }),
    ...(given["allow-burst"] && { allowBurst: true }),
    ...(given.record !== undefined && { record: given.record }),
    ...(given.announce && { announce: true }),
    ...(given.seed !== undefined && { seed: readCount("--seed", given.seed, "") }),
  };
}
