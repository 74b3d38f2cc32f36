#!/usr/bin/env node
import module from "node:module";
import { setFlagsFromString } from "node:v8";

// Node 22 and later keep what they compiled for the next start.
module.enableCompileCache?.();

// Exchanges die young: a nursery that stays small collects as fast and keeps some 20 MB off the peak.
setFlagsFromString("--semi-space-growth-factor=1");

try {
  const { main } = await import("../dist/src/cli/main.js");
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const missing = error.code === "ERR_MODULE_NOT_FOUND" && /dist[\\/]src[\\/]cli[\\/]main\.js/.test(error.message);
  console.error(missing ? 'envelint is not built yet: run "npm run build" first.' : `envelint could not start: ${error.message}`);
  process.exitCode = 2;
}
