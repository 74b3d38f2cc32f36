import { relative } from "node:path";
import { defineConfig, type Plugin } from "vitest/config";
import { instrument } from "./test/mutation/instrument.ts";

const root = import.meta.dirname;

/** Rules, and what they share, with every condition behind a switch. */
const switches: Plugin = {
  name: "switches",
  enforce: "pre",
  transform(code, id) {
    const file = relative(root, id.split("?")[0] ?? "").replaceAll("\\", "/");
    return /^(?:rules\/[^/]+\/(?!index\.ts)|src\/traffic\/).*\.ts$/.test(file)
      ? { code: instrument(code, file).code, map: null }
      : undefined;
  },
};

/** `npm run mutate`: see scripts/mutate.mjs. */
export default defineConfig({
  plugins: [switches],
  test: {
    include: ["test/mutation/*.mutation.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: [{}],
  },
});
