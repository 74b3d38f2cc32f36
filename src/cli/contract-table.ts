import { loadContract } from "../contract/load.ts";
import { renderTable } from "../contract/table.ts";
import { visibleLines } from "../syntax/terminal-text.ts";
import { checkReadable } from "./contract-file.ts";
import { type Io, print } from "./io.ts";

/** `envelint contract table`: the contract as an API's documentation would print it. */
export async function run({ file = "" }: { readonly file?: string }, io: Io): Promise<number> {
  await checkReadable(file, io.cwd);
  await print(io.stdout, visibleLines(renderTable(await loadContract(file, { cwd: io.cwd }))));
  return 0;
}
