// Part of `npm run generate`: the scanner in WebAssembly (src/scanner/assembly/, AssemblyScript) as a module that holds its bytes, so that it is at
// hand wherever envelint runs.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** A page of tables, 4 MiB for a window, and a page to look past its end. */
const pages = String(1 + 64 + 1);

/** The module that holds it. */
export async function makeScannerBinary() {
  /** @type {Uint8Array | undefined} */
  let binary;
  const options = ["--optimizeLevel", "3", "--runtime", "stub", "--noAssert", "--enable", "simd"];
  const { error, stderr } = await main(
    ["index.ts", "--outFile", "scanner.wasm", ...options, "--initialMemory", pages, "--maximumMemory", pages],
    {
      readFile: (name) => read(at(`src/scanner/assembly/${name}`)),
      writeFile: (_, content) => {
        if (typeof content !== "string") binary = content;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || binary === undefined) throw new Error(`the scanner does not compile: ${stderr}`);
  const lines =
    Buffer.from(binary)
      .toString("base64")
      .match(/.{1,130}/g) ?? [];
  return [
    "// Made by `npm run generate` from src/scanner/assembly/.",
    "",
    "/** The module, in base64. */",
    `export const binary = [\n${lines.map((line) => `  "${line}",\n`).join("")}].join("");`,
    "",
  ].join("\n");
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(at("src/scanner/simd-binary.ts"), await makeScannerBinary());
