// `npm run build`: dist/ from src/ and rules/. tsc checks, and writes the types; rolldown joins the modules into some files, which start several
// times faster than hundreds. They are CommonJS, of which Node can be given what V8 compiled earlier (bin/compiled.js); the build ends with audits
// that leave it that. Library and command line share them, so that there is one copy of each module. Libraries stay in node_modules, but for yargs
// and yaml, which take half as long and less when they are joined as well; their licences and those of their parts go with them.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { isKept } from "../bin/compiled.js";
import { joined, joinedLibraries } from "./joined-libraries.mjs";
import { dear, lazyBuiltins } from "./lazy-builtins.mjs";
import { lazyWidth } from "./lazy-width.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What `envelint traffic.har` needs. All of it is one file: each further one costs a millisecond. */
const mainPath = ["src/cli/main.ts", "src/cli/audit.ts", "src/reporters/pretty.ts"];

/** @type {Set<string>} */
const core = new Set(["\0rolldown/runtime.js"]);

/** Finds the modules of the main path, and those that they import. @type {import("rolldown").Plugin} */
const findCore = {
  name: "find-core",
  buildEnd() {
    const ahead = mainPath.map((file) => join(root, file));
    for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
      const module = core.has(id) ? null : this.getModuleInfo(id);
      if (module === null || module.code === null) continue;
      core.add(id);
      ahead.push(...module.importedIds);
    }
  },
};

/** A start need not read what package.json says. @type {import("rolldown").Plugin} */
const writtenVersion = {
  name: "written-version",
  load: {
    filter: { id: /[\\/]src[\\/]version\.ts$/ },
    handler: () => `export const version = ${JSON.stringify(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version)};`,
  },
};

rmSync(join(root, "dist"), { recursive: true, force: true });
const types = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
if (types.status !== 0) process.exit(1);

/** yargs, what is joined to be loaded late, and what they import. @param {string} id @param {string | undefined} importer */
function isJoined(id, importer = "") {
  return id === "yargs" || Object.values(joined).includes(id) || packageOf(importer) !== undefined;
}

/** The folder of the package that a module is of, where that is not ours. @param {string} file */
function packageOf(file) {
  const isOurs = !isAbsolute(file) || ["src", "rules"].some((folder) => file.startsWith(join(root, folder)));
  return isOurs ? undefined : /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
}

const bundle = await rolldown({
  cwd: root,
  input: { "src/index": "src/index.ts", "src/cli/main": "src/cli/main.ts", ...joined },
  platform: "node",
  external: (id, importer) => !/^[.\0]/.test(id) && !isAbsolute(id) && !dear.test(id) && (isBuiltin(id) || !isJoined(id, importer)),
  plugins: [joinedLibraries, lazyBuiltins, lazyWidth, writtenVersion, findCore],
  // What is imported both ways is so on purpose: the command line loads late what the library has at hand.
  // Nor is what yargs would find with `import.meta.resolve`, configurations that extend others, anything we use.
  checks: { ineffectiveDynamicImport: false, emptyImportMeta: false },
});
const { output } = await bundle.write({
  dir: join(root, "dist"),
  format: "cjs",
  entryFileNames: "[name].cjs",
  chunkFileNames: "chunks/[name]-[hash].cjs",
  comments: false,
  // Names stay: they are what ENVELINT_DEBUG shows.
  minify: { compress: false, mangle: false, codegen: true },
  codeSplitting: { groups: [{ name: "core", test: (id) => core.has(id) }] },
});

// V8 holds a text of ASCII in half the memory, and Node reads it without decoding. What is beyond it stands in texts and patterns alone.
for (const file of output) {
  if (file.type !== "chunk") continue;
  if (isKept(file.code.length) && /\bimport\(/.test(file.code)) throw new Error(`${file.fileName} imports: what V8 keeps of it could not`);
  const code = file.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  writeFileSync(join(root, "dist", file.fileName), code);
}

const library = output.find((file) => file.type === "chunk" && file.fileName === "src/index.cjs");
if (library?.type !== "chunk") throw new Error("the library has no file");
writeFileSync(
  join(root, "dist/src/index.js"),
  `import library from "./index.cjs";\nexport const { ${library.exports.join(", ")} } = library;\n`,
);

const packages = new Set(output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : [])).flatMap((id) => packageOf(id) ?? []));
writeFileSync(join(root, "dist/licences.txt"), [...packages].sort().map(licenceOf).join("\n\n"));

/** @param {string} folder */
function licenceOf(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence that could go with it`);
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}

const captures = join(root, "examples/course-api");
for (const words of [["bad.har"], ["before.har", "--contract", join(root, "contracts/course-api.yaml")]])
  spawnSync(process.execPath, [join(root, "bin/envelint.js"), ...words], { cwd: captures, stdio: "ignore", env: {} });
