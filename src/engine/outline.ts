import type { Contract } from "../model/contract.ts";
import { provisionsOf } from "../model/provision.ts";

/** A promise by name, and where it is written. */
export interface Promised {
  readonly name: string;
  readonly source: { readonly file: string; readonly line: number };
}

/** What a report says of a contract: enough to conclude from what was gathered, without the contract at hand. Plain data. */
export interface Outline {
  readonly title: string;
  readonly file: string;
  readonly rows: readonly Promised[];
  /** In the contract's order, "other" last. */
  readonly operations: readonly string[];
  readonly provisions: readonly Promised[];
}

export function outlineOf(contract: Contract): Outline {
  const promised = ({ name, source: { file, line } }: Promised): Promised => ({ name, source: { file, line } });
  return {
    title: contract.title,
    file: contract.file,
    rows: contract.rows.map(promised),
    operations: [...contract.operations.map(({ name }) => name), "other"],
    provisions: provisionsOf(contract).map(promised),
  };
}
