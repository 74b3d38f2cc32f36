/**
 * Starts the example API and probes it: `npm run demo:probe`. Words are faults to switch on (test/kit/server/faults), the rest goes to
 * envelint: `npm run demo:probe -- course-admitted --dry-run`.
 */
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const words = process.argv.slice(2);

for (const project of ["tsconfig.build.json", "tsconfig.kit.json"]) {
  const { status } = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", project], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const { startServer } = await import("../.cache/kit/test/kit/server/server.js");
const { faults: shown, liveFaults } = await import("../.cache/kit/test/kit/server/faults/index.js");
const { secrets } = await import("../.cache/kit/test/kit/server/store.js");

const faults = [...shown, ...liveFaults];
const names = words.filter((word) => faults.some(({ name }) => name === word));
const options = words.filter((word) => !names.includes(word));
// The value of an option may stand behind it.
const unknown = options.find((word, index) => !word.startsWith("-") && !options[index - 1]?.startsWith("--"));
if (unknown !== undefined) {
  console.error(`There is no fault named ${unknown}. There are:\n${faults.map(({ name, breaks }) => `  ${name}: ${breaks}`).join("\n")}`);
  process.exit(1);
}

const server = await startServer({ table: "extended", limit: { requests: 240, window: 2000 } });
server.use(...names);
console.log(`The example API listens at ${server.url}.`);
for (const { name, breaks } of faults.filter((fault) => names.includes(fault.name))) console.log(`On is ${name}: ${breaks}`);

const env = { ...process.env, ALICE_CREDENTIAL: `Bearer ${secrets.alice}`, BOB_CREDENTIAL: `Bearer ${secrets.bob}` };
const command = ["bin/envelint.js", "probe", "examples/probe/plan.yaml", "--target", server.url, ...options];
const probe = spawn(process.execPath, command, { cwd: root, env, stdio: "inherit" });
// Ctrl-C reaches envelint too, which ends in its own way; this waits for it.
process.on("SIGINT", () => {});
process.exitCode = await new Promise((resolve) => probe.on("close", (code) => resolve(code ?? 1)));
await server.close();
