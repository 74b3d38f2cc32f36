import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The default leaves a core idle; the smallest machine has two.
    maxWorkers: 2,
    // Each file would else load the whole tool anew: a third of the time. No test may then leave anything behind in a module.
    isolate: false,
    // The counts are what .ci/run prints at its end.
    reporters: ["default", ["json", { outputFile: ".cache/tests.json" }]],
  },
});
