import { ContractError } from "../contract/contract-fault.ts";
import { loadContract } from "../contract/load.ts";
import { counted, foreign } from "../reporters/layout.ts";
import { visible } from "../syntax/terminal-text.ts";
import { describeFault } from "../yaml-source/fault.ts";
import { checkReadable } from "./contract-file.ts";
import { type Io, print } from "./io.ts";

/** `envelint contract check`: every fault with its line; exit 1 where there is one. */
export async function run({ file = "" }: { readonly file?: string }, io: Io): Promise<number> {
  await checkReadable(file, io.cwd);
  try {
    const contract = await loadContract(file, { cwd: io.cwd });
    const parts = [
      counted(contract.rows.length, "row"),
      counted(contract.envelopes.length, "envelope"),
      counted(contract.operations.length, "operation"),
    ];
    await print(io.stdout, `${foreign(contract.file)}: no faults; ${foreign(contract.title)}: ${parts.join(", ")}.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    const lines = [...error.faults.map((fault) => visible(describeFault(fault))), counted(error.faults.length, "fault")];
    await print(io.stdout, `${lines.join("\n")}.\n`);
    return 1;
  }
}
