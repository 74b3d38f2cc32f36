// What was measured, in a file: series of other days stay as long as machine and Node are the same.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describeMachine, listVersions } from "./machine.mjs";

const file = new URL("../results.json", import.meta.url);

export const readResults = () => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined);

/** @param {{ series: readonly { id: string }[], rules?: object }} measured */
export function addResults({ series, rules }) {
  const [machine, versions] = [describeMachine(), listVersions()];
  const stored = readResults();
  const isSame = stored !== undefined && isDeepStrictEqual(stored.machine, machine);
  const kept = isSame ? stored.series.filter((/** @type {{ id: string }} */ { id }) => !series.some((one) => one.id === id)) : [];
  const results = { machine, versions, series: [...kept, ...series], rules: rules ?? (isSame ? stored.rules : undefined) };
  writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
  return results;
}
