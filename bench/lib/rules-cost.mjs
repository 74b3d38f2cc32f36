// What the rules add to an audit: the processor time of one with all rules less that of one with none, of the same capture, in one warm process.
//   node bench/lib/rules-cost.mjs CAPTURE PAIRS    prints { entries, differences }, microseconds a pair
const { audit } = await import(new URL("../../dist/src/index.js", import.meta.url).href);
const [capture = "", pairs = "1"] = process.argv.slice(2);

/** @param {readonly (readonly string[])[]} rules */
async function costOf(rules) {
  const before = process.cpuUsage();
  const { seen } = await audit(capture, { rules });
  const { user, system } = process.cpuUsage(before);
  return { cost: user + system, entries: seen.exchanges };
}

const [all, none] = [[], [["*", "off"]]];
for (let warm = 0; warm < 3; warm++) for (const rules of [all, none]) await costOf(rules);
const differences = [];
let entries = 0;
for (let pair = 0; pair < Number(pairs); pair++) {
  // First the one, then the other, so that neither always follows the other's garbage.
  const order = pair % 2 === 0 ? [all, none] : [none, all];
  const costs = new Map();
  for (const rules of order) {
    const run = await costOf(rules);
    costs.set(rules, run.cost);
    entries = run.entries;
  }
  differences.push(costs.get(all) - costs.get(none));
}
console.log(JSON.stringify({ entries, differences }));
