import { defineConfig } from "vitest/config";

/** `npm run test:browser`: what needs a browser. */
export default defineConfig({
  test: { include: ["test/browser/**/*.browser.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
