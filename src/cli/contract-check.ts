import { ContractError } from "../contract/contract-fault.ts";
import { loadContract } from "../contract/load.ts";
import { counted, foreign } from "../reporters/layout.ts";
import { visible } from "../syntax/terminal-text.ts";
import { describeFault } from "../yaml-source/fault.ts";
import { checkReadable } from "./contract-file.ts";
import { type Io, print } from "./io.ts";

/** `envelint contract check`: every fault of each contract with its line; exit 1 where there is one. */
export async function run({ files = [] }: { readonly files?: readonly string[] }, io: Io): Promise<number> {
  for (const file of files) await checkReadable(file, io.cwd);
  let isFaulty = false;
  for (const file of files) isFaulty = !(await check(file, io)) || isFaulty;
  return isFaulty ? 1 : 0;
}

async function check(file: string, io: Io): Promise<boolean> {
  try {
    const contract = await loadContract(file, { cwd: io.cwd });
    const parts = [
      counted(contract.rows.length, "row"),
      counted(contract.envelopes.length, "envelope"),
      counted(contract.operations.length, "operation"),
    ];
    await print(io.stdout, `${foreign(contract.file)}: no faults; ${foreign(contract.title)}: ${parts.join(", ")}.\n`);
    return true;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    const lines = [...error.faults.map((fault) => visible(describeFault(fault))), counted(error.faults.length, "fault")];
    await print(io.stdout, `${lines.join("\n")}.\n`);
    return false;
  }
}
