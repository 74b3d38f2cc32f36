import { afterEach, describe, expect, it } from "vitest";
import { startExpress } from "../kit/frameworks/express.ts";
import { startFastify } from "../kit/frameworks/fastify.ts";
import type { FrameworkServer } from "../kit/frameworks/framework-server.ts";
import { probeAt } from "../kit/live/probe-live.ts";
import { virtualClock } from "../kit/server/clock.ts";

let server: FrameworkServer;
afterEach(() => server.close());

describe("frameworks with their own error handling, probed with the defaults", () => {
  it.each([
    { name: "Fastify", start: startFastify },
    { name: "Express", start: startExpress },
  ])("$name", async ({ start }) => {
    const clock = virtualClock(Date.now());
    server = await start(clock);
    const { report, entries } = await probeAt(server.url, clock, {});
    const told = report.findings.map(
      ({ rule, severity, count, samples: [first] }) =>
        `${severity} ${rule} ×${count}: ${entries[first?.entry ?? -1]?._probe.probe}: ${first?.found}`,
    );
    console.log(told.join("\n"));
  });
});
