// `npm run build`: dist/ from src/ and rules/. esbuild joins the modules into a few files, which start several times faster than hundreds;
// library and command line share them, so that there is one copy of each module. tsc checks, and writes the types. Libraries stay outside.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

rmSync(`${root}dist`, { recursive: true, force: true });
const types = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
if (types.status !== 0) process.exit(1);
await build({
  absWorkingDir: root,
  entryPoints: { "src/index": "src/index.ts", "src/cli/main": "src/cli/main.ts" },
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  packages: "external",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
