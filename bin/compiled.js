// Runs envelint's own modules from what V8 compiled of them in an earlier run, which halves their part of a start. That lies beside each module,
// in dist/ alone: who can write there can change the code as well. Whatever is wrong with it, the module is compiled as ever.
const {
  accessSync,
  closeSync,
  constants,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const { createRequire, Module } = require("node:module");
const { basename, dirname, join } = require("node:path");
const { cachedDataVersionTag } = require("node:v8");
const { Script } = require("node:vm");

const digestLength = 32;

/** Each V8, each processor and each choice of V8's options has its own, lest they make it anew by turns. */
const version = cachedDataVersionTag();

/** V8 refuses what was made under other options than it has now. */
const isSameVersion = () => cachedDataVersionTag() === version;

/** How many of a module are kept, for as many versions of Node and choices of options. */
const keptAtOnce = 4;

/** Is something kept in a folder for this version, or can it be? @param {string} folder */
function hasRoom(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return readdirSync(folder).some((name) => name.endsWith(`.${version}.cache`));
  }
}

/** What was compiled anew in this run. @type {{ file: string, code: Buffer, script: Script }[]} */
const fresh = [];

/** Whether a module of so many bytes is kept: a small one compiles as fast as anything is read. @param {number} size */
function isKept(size) {
  return size >= 8192;
}

/** The exports of a module, which its `import` and `require` elsewhere in the process give as well. @param {string} file */
function load(file) {
  const held = require.cache[file];
  if (held !== undefined) return held.exports;
  const module = new Module(file);
  module.filename = file;
  require.cache[file] = module;
  const folder = dirname(file);
  const byNode = createRequire(file);
  /** @param {string} id */
  const requireFrom = (id) => (id.startsWith(".") && isKept(statSync(join(folder, id)).size) ? load(join(folder, id)) : byNode(id));
  compile(file).runInThisContext()(module.exports, requireFrom, module, file, folder);
  module.loaded = true;
  return module.exports;
}

/** @param {string} file */
function compile(file) {
  const code = readFileSync(file);
  const head = "(function (exports, require, module, __filename, __dirname) { ";
  const mayBeKept = isKept(code.length) && isSameVersion();
  const cachedData = mayBeKept ? readCompiled(file, code) : undefined;
  // The build writes ASCII alone: no decoding, and half the memory.
  const script = new Script(`${head}${code.latin1Slice()}\n})`, {
    filename: file,
    columnOffset: -head.length,
    ...(cachedData && { cachedData }),
  });
  if (mayBeKept && (cachedData === undefined || script.cachedDataRejected)) fresh.push({ file, code, script });
  return script;
}

/** @param {string} file */
function cacheOf(file) {
  return `${file}.${version}.cache`;
}

/** V8 would run whatever it is given: it is given only what is whole, and of this very code. @param {string} file @param {Buffer} code */
function readCompiled(file, code) {
  try {
    const cache = readFileSync(cacheOf(file));
    const data = cache.subarray(digestLength);
    return digest(code, data).equals(cache.subarray(0, digestLength)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** @param {Buffer} code @param {Buffer} data @returns {Buffer} */
function digest(code, data) {
  return require("node:crypto").createHash("sha256").update(code).update(data).digest();
}

/** Keeps for the next run what this one compiled, the functions that it called among it. Where that is not possible, it is not. */
function keepCompiled() {
  if (!isSameVersion()) return;
  for (const { file, code, script } of fresh) {
    const cache = cacheOf(file);
    const draft = `${cache}.${process.pid}`;
    try {
      // Opened first: where nothing can be written, nothing is made.
      const descriptor = openSync(draft, "w");
      try {
        const data = script.createCachedData();
        writeFileSync(descriptor, Buffer.concat([digest(code, data), data]));
      } finally {
        closeSync(descriptor);
      }
      renameSync(draft, cache);
      discardOldest(file);
    } catch {
      discard(draft);
      return;
    }
  }
}

/** @param {string} file */
function discardOldest(file) {
  const folder = dirname(file);
  const caches = readdirSync(folder).filter((name) => name.startsWith(`${basename(file)}.`) && name.endsWith(".cache"));
  if (caches.length <= keptAtOnce) return;
  const aged = caches.map((name) => ({ path: join(folder, name), age: statSync(join(folder, name)).mtimeMs }));
  for (const { path } of aged.sort((a, b) => b.age - a.age).slice(keptAtOnce)) rmSync(path);
}

/** @param {string} draft */
function discard(draft) {
  try {
    rmSync(draft, { force: true });
  } catch {
    // It is not there, or not ours.
  }
}

module.exports = { load, keepCompiled, isKept, hasRoom };
