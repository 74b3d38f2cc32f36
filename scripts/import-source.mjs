// What `npm run generate`, and the tests of what it makes, run of src/ and rules/: Node 20 runs no TypeScript.
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What the modules export, such as `rules/index.ts`, in one. @param {...string} paths @returns {Promise<any>} */
export async function importSource(...paths) {
  const outfile = `${root}.cache/source/${process.pid}-${performance.now()}.mjs`;
  mkdirSync(`${root}.cache/source`, { recursive: true });
  await build({
    absWorkingDir: root,
    stdin: { contents: paths.map((path) => `export * from "./${path}";`).join("\n"), resolveDir: root },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    logLevel: "warning",
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}
