import { readFile } from "node:fs/promises";
import { openOutput } from "../recording/open-output.ts";
import { type Conducting, conduct } from "./conduct.ts";
import type { Plan } from "./plan/plan.ts";
import { openRecording } from "./record/open-recording.ts";
import type { Run } from "./run.ts";
import type { WireOptions } from "./wire/wire.ts";

/** What a run needs beside what it goes by. */
export interface Performing extends Omit<Conducting, "wire" | "record" | "mask" | "limits"> {
  readonly plan: Plan;
  /** The HAR file that the run is written to, credentials masked; absolute. */
  readonly file: string;
  readonly version: string;
}

/** Opens the wire and the recording, asks everything, and closes both. */
export async function perform({ plan, file, version, ...conducting }: Performing): Promise<Run> {
  const { credentials, declared } = conducting.wardrobe;
  const output = openOutput(file);
  const recording = openRecording({ write: output.write, accounts: credentials, declared, version });
  // The HTTP client takes longer to load than all rules, and whoever imports envelint for a rule of his own has no use for it.
  const { openWire } = await import("./wire/open-wire.ts");
  const wire = openWire(await wireOptions(plan, conducting.clock.now));
  try {
    return await conduct({
      ...conducting,
      wire,
      mask: recording.mask,
      limits: plan.limits,
      record: (probe, ask, sending, received) => recording.add({ probe, ask, sending, received }),
    });
  } finally {
    await wire.close();
    await recording.close();
    await output.end();
  }
}

async function wireOptions({ target, limits, connection }: Plan, now: () => number): Promise<WireOptions> {
  const { ca, cert, key, insecure, proxy } = connection;
  const read = async (name: "ca" | "cert" | "key", file: string | undefined) =>
    file === undefined ? {} : { [name]: await readFile(file, "utf8") };
  return {
    origin: new URL(target).origin,
    timeout: limits.timeout,
    body: limits.body,
    insecure,
    now,
    ...(await read("ca", ca)),
    ...(await read("cert", cert)),
    ...(await read("key", key)),
    ...(proxy !== undefined && { proxy }),
  };
}
