// `npm run mutate [-- PATH…]`: takes every condition of the rules, and of what they share, out of its place (always true, then never), and
// names those that no test misses. First the pages' examples are tried, in one process; what they do not notice is tried on the other tests
// that ask the condition. PATH is the beginning of a rule's id or of a file below rules/ or src/traffic/. Exit 1 where one survives that
// test/mutation/equivalent.json does not list with its reason.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createVitest } from "vitest/node";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const config = "vitest.mutation.config.ts";
const active = ".cache/mutation/active.json";
const quiet = { config, watch: false, reporters: [{}] };
const chosen = process.argv.slice(2);

rmSync(".cache/mutation", { recursive: true, force: true });
mkdirSync(".cache/mutation/hits", { recursive: true });
process.env.ENVELINT_MUTATE = chosen.join(",");

/** The tests of rules beside their pages. @param {string} file */
const judgesRules = (file) => /test\/(?:rules|traffic)\/|test\/(?:kit-audit|client-catalogue|diff|examples-audit)\.test\.ts$/.test(file);

/** @param {string[]} files @param {object} options */
async function open(files, options) {
  const vitest = await createVitest("test", { ...quiet, ...options });
  return { vitest, specifications: await vitest.globTestSpecifications(files) };
}

console.log("the pages' examples…");
{
  const { vitest, specifications } = await open(["test/mutation/"], {});
  const { testModules } = await vitest.runTestSpecifications(specifications);
  await vitest.close();
  if (!testModules.every((module) => module.ok())) throw new Error("the pages' examples could not be run");
}
/** @type {{ tried: number, survivors: { id: string, value: boolean }[] }} */
const pages = JSON.parse(readFileSync(".cache/mutation/pages.json", "utf8"));
console.log(`${pages.tried} mutants, ${pages.survivors.length} of them not noticed by an example of a page`);

const { vitest, specifications } = await open([], { setupFiles: ["test/mutation/setup.ts"], bail: 1 });
const judging = specifications.filter(({ moduleId }) => judgesRules(moduleId));
console.log(`which of ${judging.length} other tests ask what…`);
await vitest.runTestSpecifications(judging);
/** @type {Map<string, Set<string>>} */
const asking = new Map();
for (const file of readdirSync(".cache/mutation/hits")) {
  const { testPath, hits } = JSON.parse(readFileSync(`.cache/mutation/hits/${file}`, "utf8"));
  for (const id of hits) asking.set(id, (asking.get(id) ?? new Set()).add(testPath));
}
/** Those that only the other tests ask. */
const asked = new Set(JSON.parse(readFileSync(".cache/mutation/pages.json", "utf8")).asked);
const others = [...asking.keys()]
  .filter((id) => !asked.has(id) && isChosen(id))
  .flatMap((id) => [true, false].map((value) => ({ id, value })));

const survivors = [];
const candidates = [...pages.survivors, ...others];
for (const [index, mutant] of candidates.entries()) {
  const own = judging.filter(({ moduleId }) => asking.get(mutant.id)?.has(moduleId));
  writeFileSync(active, JSON.stringify(mutant));
  // The quickest first: most fall to the tests of their own family.
  let isNoticed = false;
  for (const specification of own.sort((a, b) => weight(a.moduleId) - weight(b.moduleId))) {
    const { testModules } = await vitest.runTestSpecifications([specification]);
    isNoticed = !testModules.every((module) => module.ok());
    if (isNoticed) break;
  }
  if (!isNoticed) survivors.push(mutant);
  if (index % 50 === 49) console.log(`${index + 1} of ${candidates.length} tried on the other tests, ${survivors.length} survive`);
}
rmSync(active);
await vitest.close();

/** @type {Record<string, string>} */
const equivalent = existsSync("test/mutation/equivalent.json") ? JSON.parse(readFileSync("test/mutation/equivalent.json", "utf8")) : {};
const told = survivors.map(({ id, value }) => ({ where: id.replace(/-\d+$/, ""), key: keyOf(id, value) }));
const surviving = told.filter(({ key }) => equivalent[key] === undefined);
for (const { where, key } of surviving) console.log(`survives: ${where}  ${key.slice(key.indexOf(" ") + 1)}`);
const total = pages.tried + others.length;
console.log(
  `${total} mutants: ${total - told.length} noticed, ${told.length - surviving.length} make no difference (listed), ${surviving.length} survive`,
);
process.exitCode = surviving.length === 0 ? 0 : 1;

/** @param {string} file */
function weight(file) {
  return file.includes("/test/rules/") ? 0 : file.includes("/test/traffic/") ? 1 : 2;
}

/** @param {string} id */
function isChosen(id) {
  return chosen.length === 0 || chosen.some((path) => id.startsWith(path) || id.startsWith(`rules/${path}`));
}

/** A mutant's name that outlives other lines' changes: file, condition, value. @param {string} id @param {boolean} value */
function keyOf(id, value) {
  const [, file = "", line = "1", column = "1", length = "0"] = /^(.*?):(\d+):(\d+)-(\d+)$/.exec(id) ?? [];
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .slice(Number(line) - 1);
  const text = lines.join("\n").slice(Number(column) - 1, Number(column) - 1 + Number(length));
  return `${file} (${text.replaceAll(/\s+/g, " ")}) = ${value}`;
}
