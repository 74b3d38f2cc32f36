import type { Contract } from "../model/contract.ts";
import type { FaultList } from "../yaml-source/fault-list.ts";
import { dataOf, type SourceMap, type SourceNode } from "../yaml-source/source-tree.ts";
import { compileContract } from "./compile.ts";
import { ContractError } from "./contract-fault.ts";
import type { ContractFile } from "./contract-file.ts";
import { buildTree, type SourceFile } from "./extend.ts";

const filesRead = new WeakMap<Contract, readonly string[]>();

/** The absolute paths of the files that a contract was made of: its own, and those it extends. */
export function filesOf(contract: Contract): readonly string[] {
  return filesRead.get(contract) ?? [];
}

/**
 * Makes a contract of its own tree and of what it extends.
 *
 * @param own undefined = it gave none, which was told
 * @param check Tells the faults of the whole
 * @throws ContractError with every fault there is
 */
export function makeContract(
  own: SourceNode | undefined,
  file: SourceFile,
  cwd: string,
  faults: FaultList,
  check?: (tree: SourceMap, faults: FaultList, compile: () => Contract) => void,
): Contract {
  const read: string[] = [];
  const tree = own && buildTree(own, file, cwd, faults, read);
  if (tree !== undefined) {
    const compile = () => compileContract(dataOf(tree) as unknown as ContractFile, tree, file.name);
    check?.(tree, faults, compile);
    if (faults.isEmpty) {
      const contract = compile();
      filesRead.set(contract, read);
      return contract;
    }
  }
  throw new ContractError(faults.sorted());
}
