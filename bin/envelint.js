#!/usr/bin/env node
const { existsSync, writeSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { join } = require("node:path");
const { getHeapSpaceStatistics, setFlagsFromString } = require("node:v8");

// Exchanges die young: a nursery of 2 MB collects nearly as fast as the 16 MB that it would grow to, and keeps some 20 MB off the peak. What
// outlives it is collected before it has grown by half, for the same reason.
setFlagsFromString("--heap-growing-percent=30");
// Most patterns run again: compiled once to be run, not first to be interpreted.
setFlagsFromString("--no-regexp-tier-up");
// What ran once and is not needed again is compiled for the next start all the same.
setFlagsFromString("--no-flush-bytecode");
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

const file = join(__dirname, "../dist/src/cli/main.cjs");
if (existsSync(file)) start();
else fail('envelint is not built yet: run "npm run build" first.');

async function start() {
  try {
    const { load, keepCompiled } = chooseLoader();
    const { main, hasJudged } = load(file);
    process.exitCode = await main(process.argv.slice(2));
    isDone = true;
    if (hasJudged() && process.exitCode < 2) {
      // V8 takes only what was made under the options that it starts with.
      setFlagsFromString("--semi-space-growth-factor=2");
      keepCompiled();
    }
  } catch (error) {
    fail(`envelint could not start: ${error.message}`);
  }
}

/** Node 22 and later can keep what they compiled as well, but less of it: they do where it cannot lie beside the modules. */
function chooseLoader() {
  const plain = { load: require, keepCompiled() {} };
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return plain;
  const compiled = require("./compiled.js");
  if (enableCompileCache === undefined || compiled.hasRoom(join(__dirname, "../dist/chunks"))) return compiled;
  enableCompileCache();
  return plain;
}
