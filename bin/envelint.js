#!/usr/bin/env node
import { writeSync } from "node:fs";
import module from "node:module";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

// Node 22 and later keep what they compiled for the next start.
module.enableCompileCache?.();

// Exchanges die young: a nursery of 2 MB collects nearly as fast as the 16 MB that it would grow to, and keeps some 20 MB off the peak. What
// outlives it is collected before it has grown by half, for the same reason.
setFlagsFromString("--heap-growing-percent=30");
const nursery = 2 << 20;
const growing = setInterval(() => {
  if ((getHeapSpaceStatistics().find((space) => space.space_name === "new_space")?.space_size ?? nursery) < nursery) return;
  setFlagsFromString("--semi-space-growth-factor=1");
  clearInterval(growing);
}, 10).unref();

let isDone = false;

/** What is left to itself ends the process: a rule file or configuration that leaves, throws in a timer, or waits for what never comes must not pass for green. */
function fail(message) {
  isDone = true;
  writeSync(2, `${message}\n`);
  process.exitCode = 2;
}
// 130: a second Ctrl-C ended it.
process.on("exit", (code) => {
  if (!isDone && code !== 130)
    fail("envelint: the process was ended before the report was written; a rule file or a configuration may have done it.");
});
process.on("uncaughtException", (error) => {
  fail(
    `envelint: something failed outside of what is judged, in a rule file or a configuration perhaps: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exit();
});

try {
  const { main } = await import("../dist/src/cli/main.js");
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const missing = error.code === "ERR_MODULE_NOT_FOUND" && /dist[\\/]src[\\/]cli[\\/]main\.js/.test(error.message);
  console.error(missing ? 'envelint is not built yet: run "npm run build" first.' : `envelint could not start: ${error.message}`);
  process.exitCode = 2;
}
isDone = true;
