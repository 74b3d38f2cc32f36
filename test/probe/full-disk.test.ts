import { expect, test } from "vitest";
import { probe } from "../../src/probe.ts";
import { serveBytes } from "./wire/kit.ts";

test("a recording that cannot be written ends the run at once, and is told as such", async () => {
  const server = await serveBytes((socket) => socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
  const running = probe("examples/probe/plan.yaml", {
    target: server.origin,
    record: "/dev/full",
    env: { ALICE_CREDENTIAL: "Bearer alice-0123456789", BOB_CREDENTIAL: "Bearer bob-0123456789" },
    sleep: async () => undefined,
  });
  await expect(running).rejects.toThrow(/^The recording cannot be written to \/dev\/full: ENOSPC/);
  expect(server.requests.length).toBe(1);
});
