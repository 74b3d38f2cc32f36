import { defineConfig } from "vitest/config";

/** `npm run test:servers`: what needs more than Node. */
export default defineConfig({
  test: { include: ["test/servers/**/*.servers.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
