import { loadContract } from "../contract/load.ts";
import { describeWhich, type Question, whichRow } from "../contract/which.ts";
import type { Contract } from "../model/contract.ts";
import { visibleLines } from "../syntax/terminal-text.ts";
import { checkReadable } from "./contract-file.ts";
import { type Io, print } from "./io.ts";
import { didYouMean, UsageError } from "./usage.ts";

interface WhichArguments {
  readonly file?: string;
  readonly status?: string;
  readonly type?: string;
  readonly code?: string;
  readonly param?: string;
  readonly operation?: string;
  readonly header?: readonly string[];
  readonly envelope?: string;
}

/** `envelint contract which`: the row that a response would meet; exit 1 where it meets none. */
export async function run(given: WhichArguments, io: Io): Promise<number> {
  const question = readQuestion(given);
  const { file = "" } = given;
  await checkReadable(file, io.cwd);
  const contract = await loadContract(file, { cwd: io.cwd });
  checkNames(question, contract);
  const which = whichRow(contract, question);
  await print(io.stdout, visibleLines(`${describeWhich(which)}\n`));
  return which.kind === "none" ? 1 : 0;
}

function readQuestion({ status = "", type, code, param, operation, header, envelope }: WhichArguments): Question {
  if (!/^[1-5]\d\d$/.test(status)) throw usage(`--status cannot be "${status}". It takes a status of HTTP, 100 to 599.`);
  return {
    status: Number(status),
    ...(type !== undefined && { type: type === "" ? null : type }),
    ...(code !== undefined && { code: code === "" ? null : code }),
    ...(param !== undefined && { param: param === "" ? null : param }),
    ...(operation !== undefined && { operation: operation.replace(/^[a-z]+(?= \/)/, (method) => method.toUpperCase()) }),
    ...(header && { headers: Object.fromEntries(header.map(readHeader)) }),
    ...(envelope !== undefined && { envelope }),
  };
}

/** Envelopes and operations the contract does not have are told with the nearest name. */
function checkNames({ envelope, operation }: Question, contract: Contract): void {
  const envelopes = contract.envelopes.map(({ name }) => name);
  if (envelope !== undefined && !envelopes.includes(envelope))
    throw usage(`${contract.file} has no envelope "${envelope}".${didYouMean(envelope, envelopes)}`);
  const operations = [...contract.operations.map(({ name }) => name), "other"];
  if (operation !== undefined && !operations.includes(operation) && !/^[A-Z]+ \/\S*$/.test(operation))
    throw usage(
      `--operation "${operation}" is neither an operation of ${contract.file} nor 'METHOD /path'.${didYouMean(operation, operations)}`,
    );
}

function readHeader(text: string): readonly [string, string] {
  const [, name, value] = /^([^\s:]+):\s*(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw usage(`--header "${text}" is not 'Name: value'.`);
  return [name, value];
}

function usage(message: string): UsageError {
  return new UsageError(message, "contract which");
}
