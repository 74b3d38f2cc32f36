import { describe, expect, test } from "vitest";
import { type LiveOptions, probeAt, probeLive } from "../../kit/live/probe-live.ts";
import { virtualClock } from "../../kit/server/clock.ts";
import { startServer } from "../../kit/server/server.ts";

const families = ["auth", "route", "method", "accept", "resource", "body", "header", "uri"];

const general = (options: LiveOptions = {}) => probeLive({ probes: families.map((family) => `${family}/*`), maxRequests: 200, ...options });

const withSizes = (text: string) => text.replace(/^limits:.*$/m, "limits: { requests: 200, pace: 6000, oversized: true }");

describe("a conformant server", () => {
  test("passes each probe, and meets the rows that bad requests are for", async () => {
    const { report } = await general({ allowWrites: true, plan: withSizes });
    expect(report.findings.map(({ rule, samples }) => [rule, samples[0]?.found, samples[0]?.evidence])).toEqual([]);
    expect(report.probe?.probes.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    const kept = report.coverage.rows.filter(({ verdict }) => verdict === "kept").map(({ row }) => row);
    expect(kept.sort()).toEqual(
      [
        "content-too-large",
        "course-not-found",
        "headers-too-large",
        "invalid-request",
        "method-not-allowed",
        "preset-not-found",
        "unauthenticated",
        "unknown-route",
        "unsupported-media-type",
      ].sort(),
    );
    expect(report.probe?.stopped).toBeUndefined();
  });

  test("keeps what it has: by default no write gets as far as that", async () => {
    let before = "";
    let read = () => "";
    await general({
      prepare: ({ store }) => {
        read = () => written(store);
        before = read();
      },
    });
    expect(before).toContain("crs_geometry");
    expect(read()).toBe(before);
  });

  test("with the rows of the documentation alone it passes as well", async () => {
    const clock = virtualClock();
    const server = await startServer({ clock });
    try {
      const { report } = await probeAt(server.url, clock, {
        contract: "builtin:course-api",
        probes: families.map((family) => `${family}/*`),
      });
      expect(report.findings.map(({ rule, samples }) => [rule, samples[0]?.found])).toEqual([]);
      expect(report.probe?.probes.filter(({ verdict }) => verdict === "fail" || verdict === "inconclusive")).toEqual([]);
    } finally {
      await server.close();
    }
  });
});

describe("a fault is found", () => {
  test.each([
    ["anonymous-served", "authentication/anonymous-served", "auth/none"],
    ["missing-credential-as-403", "authentication/wrong-answer", "auth/none"],
    ["bad-credential-as-403", "authentication/wrong-answer", "auth/malformed"],
    ["existence-before-authentication", "authentication/checked-too-late", "auth/order"],
    ["validation-before-authentication", "authentication/checked-too-late", "auth/order"],
    ["bare-detail", "envelope/missing", "route/unknown"],
    ["framework-list", "envelope/missing", "body/schema"],
    ["crash-on-bad-json", "disclosure/crashed-on-bad-input", "body/malformed"],
    ["head-not-routed", "http/head-differs", "method/head"],
    ["error-on-success", "pairing/refusal-missing", "method/unsupported"],
  ])("%s, by %s at %s", async (fault, rule, probe) => {
    const { report, entries } = await general({ faults: [fault] });
    const found = report.findings.filter((finding) => finding.rule === rule).flatMap(({ samples }) => samples);
    expect(found.map(({ entry }) => entries[entry]?._probe.probe)).toContain(probe);
  });

  test("a write that is served ends the run at once", async () => {
    const { report, entries } = await general({ faults: ["anonymous-served"] });
    expect(report.probe?.stopped).toContain("should have been refused and was served with 200");
    const last = entries.findLast(({ _probe }) => !_probe.probe.startsWith("control/"));
    expect(last?.request.method).not.toBe("GET");
  });
});

/** All that a server has, as text. */
function written(store: object): string {
  return JSON.stringify(store, (_, value) => (value instanceof Map ? [...value] : value));
}
