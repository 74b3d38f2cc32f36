import { afterEach, expect, test } from "vitest";
import { startExpress } from "../kit/frameworks/express.ts";
import { startFastify } from "../kit/frameworks/fastify.ts";
import type { FrameworkServer } from "../kit/frameworks/framework-server.ts";
import { type Probed, probeAt } from "../kit/live/probe-live.ts";
import { virtualClock } from "../kit/server/clock.ts";

let server: FrameworkServer;
afterEach(() => server.close());

/** Which probes a rule found something with. */
function foundWith({ report, entries }: Probed): Record<string, string> {
  const rules = [...new Set(report.findings.map(({ rule }) => rule))];
  const probesOf = (rule: string) =>
    report.findings.flatMap(({ rule: other, samples }) =>
      other === rule ? samples.map(({ entry }) => entries[entry]?._probe.probe ?? "nowhere") : [],
    );
  return Object.fromEntries(rules.map((rule) => [rule, [...new Set(probesOf(rule))].sort().join(" ")]));
}

test.each([
  {
    name: "Fastify",
    start: startFastify,
    // Its own envelope, for all that does not reach a handler. For it a method is a part of the address: 404, and never a 405.
    found: {
      "envelope/malformed":
        "body/bad-utf8 body/deep body/empty body/malformed body/oversized body/wrong-type header/oversized method/options method/unknown method/unsupported route/unknown uri/oversized",
    },
    kept: ["idempotency-key-required", "invalid-request", "unauthenticated", "course-not-found", "preset-not-found"],
  },
  {
    name: "Express",
    start: startExpress,
    // A page, with the stack trace in it unless NODE_ENV says production; and the body is read before it is asked who sends it.
    found: {
      "authentication/checked-too-late": "auth/order",
      "disclosure/internals": "auth/order body/bad-utf8 body/deep body/malformed body/null body/oversized",
      // What Node's parser refuses never reaches Express.
      "envelope/gateway-answer": "header/oversized method/unknown uri/oversized",
      "envelope/not-json": "auth/order body/bad-utf8 body/deep body/malformed body/null body/oversized method/unsupported route/unknown",
    },
    kept: ["idempotency-key-required", "course-not-found", "preset-not-found"],
  },
])("what $name answers by itself, asked with the defaults", async ({ start, found, kept }) => {
  const clock = virtualClock(Date.now());
  server = await start(clock);
  const probed = await probeAt(server.url, clock, { plan: (text) => text.replace("pace: 6000", "pace: 6000, oversized: true") });

  expect(foundWith(probed)).toEqual(found);
  expect(probed.report.unjudged).toEqual([]);
  expect(probed.report.coverage.rows.filter(({ verdict }) => verdict === "kept").map(({ row }) => row)).toEqual(kept);
});
