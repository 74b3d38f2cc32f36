import { describe, expect, test } from "vitest";
import { type LiveOptions, probeLive } from "../../kit/live/probe-live.ts";

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
});
