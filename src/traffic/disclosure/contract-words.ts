import type { Contract } from "../../model/contract.ts";

const known = new WeakMap<Contract, ReadonlySet<string>>();

/** The types and codes that a contract names, and the addresses of its documentation: its own words, whatever they look like. */
export function contractWords(contract: Contract): ReadonlySet<string> {
  let words = known.get(contract);
  if (words === undefined) {
    words = new Set([
      ...(contract.types ?? []),
      ...contract.rows.flatMap(({ type, code, docs }) =>
        [...type.values, ...code.values, ...(docs === undefined ? [] : [docs])].map(String),
      ),
    ]);
    known.set(contract, words);
  }
  return words;
}
