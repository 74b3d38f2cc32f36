import { relative } from "node:path";
import { defineConfig, type Plugin } from "vitest/config";
import { instrument } from "./test/mutation/instrument.ts";

const root = import.meta.dirname;
const pathOf = (id: string) => relative(root, id.split("?")[0] ?? "").replaceAll("\\", "/");

/** Rules, and what they share, with every condition behind a switch; the tests that judge them kept to be run over and over. */
const switches: Plugin = {
  name: "switches",
  enforce: "pre",
  resolveId(id, importer) {
    return id === "vitest" && importer !== undefined && /^test\/.*\.test\.ts$/.test(pathOf(importer))
      ? `${root}/test/mutation/collect.ts`
      : undefined;
  },
  transform(code, id) {
    const file = pathOf(id);
    return /^(?:rules\/[^/]+\/(?!index\.ts)|src\/traffic\/).*\.ts$/.test(file)
      ? { code: instrument(code, file).code, map: null }
      : undefined;
  },
};

/** `npm run mutate`: see scripts/mutate.mjs. */
export default defineConfig({ plugins: [switches], test: { include: ["test/mutation/*.mutation.ts"] } });
