#!/usr/bin/env node
import { writeSync } from "node:fs";
import module from "node:module";
import { setFlagsFromString } from "node:v8";

// Node 22 and later keep what they compiled for the next start.
module.enableCompileCache?.();

// Exchanges die young: a nursery that stays small collects as fast and keeps some 20 MB off the peak.
setFlagsFromString("--semi-space-growth-factor=1");

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
