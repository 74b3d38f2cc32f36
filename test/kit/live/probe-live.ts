import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseContract } from "../../../src/contract/parse.ts";
import type { Contract } from "../../../src/model/contract.ts";
import type { Report } from "../../../src/model/report.ts";
import type { ProbeOptions } from "../../../src/options/probe-options.ts";
import { probe } from "../../../src/probe.ts";
import { type VirtualClock, virtualClock } from "../server/clock.ts";
import type { Limit } from "../server/limiter.ts";
import type { Logged } from "../server/log.ts";
import { type CourseServer, startServer } from "../server/server.ts";
import { secrets } from "../server/store.ts";
import type { Table } from "../server/table.ts";

/** What a probe found of a server, and what it wrote down. */
export interface Probed {
  readonly report: Report;
  /** The recording, as text. */
  readonly recording: string;
  readonly entries: readonly LiveEntry[];
}

/** An entry of the recording, as far as tests look at it. */
export interface LiveEntry {
  readonly startedDateTime: string;
  readonly request: { readonly method: string; readonly url: string };
  readonly response: { readonly status: number; readonly headers: readonly { readonly name: string; readonly value: string }[] };
  readonly _probe: { readonly probe: string; readonly level: number; readonly live: boolean; readonly aims?: readonly string[] };
}

interface PlanOptions extends ProbeOptions {
  /** YAML beside that of `examples/probe/contract.yaml`. */
  readonly promises?: string;
  /** Changes the text of `examples/probe/plan.yaml`. */
  readonly plan?: (text: string) => string;
}

export interface LiveOptions extends PlanOptions {
  /** Faults that are on. */
  readonly faults?: readonly string[];
  /** What the server is like before it is asked. */
  readonly prepare?: (server: CourseServer) => void;
  /** The table that it answers by, which the contract is to fit [extended]. */
  readonly table?: Table;
  /** What the server lets through [240 requests in 2 s]. */
  readonly limit?: Partial<Limit>;
}

/** What the example's contract and its plan are written in. */
const examples = new URL("../../../examples/probe/", import.meta.url);

/** Probes a server by the example's plan. Waiting takes no time but the clock's. */
export async function probeAt(target: string, clock: VirtualClock, { promises = "", plan, ...options }: PlanOptions): Promise<Probed> {
  const folder = await mkdtemp(join(tmpdir(), "envelint-live-"));
  try {
    const text = await readFile(new URL("plan.yaml", examples), "utf8");
    const file = join(folder, "plan.yaml");
    const record = join(folder, "run.har");
    await writeFile(file, plan?.(text) ?? text);
    const report = await probe(file, {
      contract: readContract(promises),
      target,
      record,
      env: { ALICE_CREDENTIAL: `Bearer ${secrets.alice}`, BOB_CREDENTIAL: `Bearer ${secrets.bob}` },
      seed: 7,
      maxSamples: 0,
      now: clock.now,
      sleep: async (milliseconds) => clock.advance(milliseconds),
      ...options,
    });
    const recording = await readFile(record, "utf8");
    return { report, recording, entries: JSON.parse(recording).log.entries };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Probes the kit's server, whose time is the probe's. Gives its log too. */
export async function probeLive({
  faults = [],
  prepare,
  limit,
  table = "extended",
  ...options
}: LiveOptions = {}): Promise<Probed & { readonly log: readonly Logged[] }> {
  const clock = virtualClock();
  const server = await startServer({ clock, table, limit: { requests: 240, window: 2000, ...limit } });
  try {
    prepare?.(server);
    server.use(...faults);
    return { ...(await probeAt(server.url, clock, options)), log: server.log };
  } finally {
    await server.close();
  }
}

function readContract(promises: string): Contract {
  return parseContract(`envelint: 1\ntitle: kit\nextends: ./contract.yaml\n${promises}`, { file: "examples/probe/live.yaml" });
}
