import { chooseRules } from "../choose-rules.ts";
import { loadContract } from "../contract/load.ts";
import type { AuditArguments } from "./audit-options.ts";
import { describeInForce, inForceAsJson } from "./config-text.ts";
import { refuseStandardInput } from "./contract-file.ts";
import { listInForce } from "./in-force.ts";
import { type Io, print } from "./io.ts";
import { readOutputs } from "./outputs.ts";
import { settle } from "./settle.ts";

/** `envelint config`: what is in force for an audit that is given the same words, and where each value comes from. */
export async function run({ json, ...words }: AuditArguments & { readonly json?: boolean }, io: Io): Promise<number> {
  refuseStandardInput(words.contract);
  const settled = await settle(words, io, "audit");
  const { given, settings, config } = settled;
  // What an audit would refuse is not in force.
  const contract = await loadContract(given.contract, { cwd: io.cwd });
  await chooseRules(settings.rules ?? [], io.cwd, settings, contract);
  await readOutputs(given.format ?? ["pretty"], io.cwd);
  const inForce = await listInForce(words, settled, contract, io.cwd);
  await print(io.stdout, json ? inForceAsJson(inForce, config?.file) : describeInForce(inForce, config?.file));
  return 0;
}
