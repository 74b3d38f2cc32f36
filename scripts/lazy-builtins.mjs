import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const mark = "\0lazy:";

/** Modules of Node's own that take milliseconds to load, and of which most runs need few or none. */
export const dear = /^node:(?:child_process|crypto|fs\/promises|zlib)$/;

/** Loads those when one of their functions is first called, whoever imports them. @type {import("rolldown").Plugin} */
export const lazyBuiltins = {
  name: "lazy-builtins",
  resolveId: { filter: { id: dear }, handler: (id) => ({ id: mark + id, moduleSideEffects: false }) },
  load: { filter: { id: new RegExp(`^${mark}`) }, handler: (id) => standIn(id.slice(mark.length)) },
};

/** A module of the same names. Called or constructed, each asks the real one. @param {string} path */
function standIn(path) {
  const names = Object.entries(require(path)).map(([name, value]) => {
    if (typeof value !== "function")
      return `export const ${name} = /* @__PURE__ */ new Proxy({}, { get: (_, key) => real().${name}[key] });`;
    return `export function ${name}(...given) { return new.target ? new (real().${name})(...given) : real().${name}(...given); }`;
  });
  return `const real = () => process.getBuiltinModule(${JSON.stringify(path)});\n${names.join("\n")}`;
}
