// `npm run mutate [-- PATH…]`: takes every condition of the rules, and of what they share, out of its place (always true, then never), and
// names those that no test misses: neither an example of a page nor the tests of rules, of the kit's faults, of the client sessions, of diff.
// PATH is the beginning of a rule's id, or of a file below rules/ or src/traffic/. Exit 1 where one survives that test/mutation/equivalent/
// does not list with its reason.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const outcome = `.cache/mutation-${process.pid}.json`;
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.mutation.config.ts"];
const { status } = spawnSync(process.execPath, vitest, {
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, ENVELINT_MUTATE: process.argv.slice(2).join(","), ENVELINT_MUTATE_OUTCOME: outcome },
});
if (status !== 0) throw new Error("the mutants could not be tried: npx vitest run --config vitest.mutation.config.ts says why");

/** @type {{ cases: number, useless: number, tried: number, survivors: { id: string, value: boolean }[] }} */
const { cases, useless, tried, survivors } = JSON.parse(readFileSync(outcome, "utf8"));
/** @type {Record<string, string>} */
const equivalent = Object.assign(
  {},
  ...readdirSync("test/mutation/equivalent").map((file) => JSON.parse(readFileSync(`test/mutation/equivalent/${file}`, "utf8"))),
);
const told = survivors.map(({ id, value }) => ({ where: id.replace(/-\d+$/, ""), key: keyOf(id, value) }));
const surviving = told.filter(({ key }) => equivalent[key] === undefined);
for (const { where, key } of surviving) console.log(`survives: ${where}  ${key.slice(key.indexOf(" ") + 1)}`);
if (useless > 0) console.log(`${useless} of ${cases} tests fail as it is, and were left out`);
console.log(
  `${tried} mutants, ${cases} tests: ${tried - told.length} noticed, ${told.length - surviving.length} make no difference (listed), ${surviving.length} survive`,
);
rmSync(outcome);
process.exitCode = surviving.length === 0 ? 0 : 1;

/** A mutant's name that outlives changes of other lines: file, condition, value. @param {string} id @param {boolean} value */
function keyOf(id, value) {
  const [, file = "", line = "1", column = "1", length = "0"] = /^(.*?):(\d+):(\d+)-(\d+)$/.exec(id) ?? [];
  const text = readFileSync(file, "utf8")
    .split("\n")
    .slice(Number(line) - 1)
    .join("\n")
    .slice(Number(column) - 1, Number(column) - 1 + Number(length));
  return `${file} (${text.replaceAll(/\s+/g, " ")}) = ${value}`;
}
