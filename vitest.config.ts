import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The default leaves a core idle; the smallest machine has two.
    maxWorkers: 2,
    // The counts are what .ci/run prints at its end.
    reporters: ["default", ["json", { outputFile: ".cache/tests.json" }]],
  },
});
