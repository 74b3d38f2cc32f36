import { afterEach, expect, test } from "vitest";
import { startFastify } from "../kit/frameworks/fastify.ts";
import { type Probed, probeAt } from "../kit/live/probe-live.ts";
import { virtualClock } from "../kit/server/clock.ts";
import { type Nginx, startNginx } from "./nginx.ts";

const open: (Nginx | Awaited<ReturnType<typeof startFastify>>)[] = [];
afterEach(async () => {
  for (const server of open.splice(0).reverse()) await server.close();
});

/** Which probes a rule found something with. */
function probesOf({ report, entries }: Probed, wanted: string): string[] {
  const told = report.findings.filter(({ rule }) => rule === wanted).flatMap(({ samples }) => samples);
  return [...new Set(told.map(({ entry }) => entries[entry]?._probe.probe ?? "nowhere"))].sort();
}

test("what nginx answers in front of the API is told from what the API answers", async () => {
  const clock = virtualClock(Date.now());
  const api = await startFastify(clock);
  open.push(api);
  const nginx = await startNginx(`client_max_body_size 64k; location / { proxy_pass ${api.url}; }`);
  open.push(nginx);
  const probed = await probeAt(nginx.url, clock, { plan: (text) => text.replace("pace: 6000", "pace: 6000, oversized: true") });
  expect(probesOf(probed, "envelope/gateway-answer")).toEqual([
    "body/oversized",
    "header/oversized",
    "idem/too-long",
    "method/unsupported",
    "uri/oversized",
  ]);
  expect(probesOf(probed, "envelope/malformed")).toEqual([
    "body/bad-utf8",
    "body/deep",
    "body/empty",
    "body/malformed",
    "body/wrong-type",
    "method/options",
    "method/unknown",
    "method/unsupported",
    "route/unknown",
  ]);
  expect(probed.report.unjudged).toEqual([]);
});

test("nobody behind nginx: the run ends with its third 502", async () => {
  const nginx = await startNginx("location / { proxy_pass http://127.0.0.1:9; }");
  open.push(nginx);
  const { report, entries } = await probeAt(nginx.url, virtualClock(Date.now()), {});
  expect(entries.map(({ response }) => response.status)).toEqual([502, 502, 502]);
  expect(report.probe?.stopped).toContain("server errors");
  expect(report.findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule)).toEqual([]);
});
