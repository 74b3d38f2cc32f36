import { describe, expect, it } from "vitest";
import { coursesAlone } from "../kit/live/courses-alone.ts";
import { probeLive } from "../kit/live/probe-live.ts";
import { liveMaskingFaults } from "../kit/server/faults/live-masking.ts";
import { maskingFaults } from "../kit/server/faults/masking.ts";

const full = { allowWrites: true, maxRequests: 1500 };
const withoutTiming = liveMaskingFaults.filter(({ policy }) => policy?.foreignDelay === undefined);
const small = { ...full, maxRequests: 600, probes: ["mask/*"], plan: coursesAlone };
/** Shows by GET and HEAD alone. */
const showsInPlain = (name: string) =>
  name !== "foreign-validation-order-differs" &&
  name !== "foreign-served" &&
  !/^live-(?:delete|patch|launch|options|unsupported|precondition|missing|media|range|sub)/.test(name);
const isMasking = ({ rule }: { readonly rule: string }) => rule.startsWith("masking/");

describe("masking, asked live", () => {
  it.each([
    [400, "no difference found in 16 pairs (GET and HEAD)"],
    [1500, /^no difference found in \d{3} pairs \(GET, HEAD, OPTIONS, PATCH, POST, PUT and DELETE\)$/],
  ])("is kept by a conformant server, with a budget of %i", async (maxRequests, note) => {
    const { report } = await probeLive({ ...full, maxRequests });
    expect(report.findings.filter(isMasking)).toEqual([]);
    const masking = report.coverage.provisions.filter(({ provision }) => provision.startsWith("masking:"));
    expect(masking.map(({ verdict }) => verdict)).toEqual(["kept", "kept"]);
    expect(masking[0]?.note).toMatch(note);
  });

  it.each(withoutTiming)("$name: $breaks", async ({ name, rule, note, row, place }) => {
    const { report, entries } = await probeLive({
      ...small,
      ...(showsInPlain(name) && { maxRequests: 250 }),
      ...(row === "preset-not-found" && { plan: (text: string) => text }),
      faults: [name],
    });
    const told = report.findings.filter(isMasking);
    expect(new Set(told.map((finding) => `${finding.severity} ${finding.rule}`))).toEqual(new Set([`error ${rule}`]));
    const found = told.filter((finding) => finding.note === note).flatMap(({ samples }) => samples);
    expect(found.map((sample) => sample.place)).toContainEqual(place);
    expect(found.every(({ entry, url }) => entries[entry]?._probe.probe.startsWith("mask/") && /crs_geometry|crs_biology1/.test(url))).toBe(
      true,
    );
    expect(report.coverage.provisions.find(({ provision }) => provision === "masking:course")?.verdict).toBe("broken");
  });

  it.each([
    ["foreign-delay", ["masking/timing-differs later"], /timing: a difference of \d\.\d ms in 204 pairs at a resolution of \d+\.\d ms/],
    [undefined, [], /timing: no difference found in 204 pairs at a resolution of \d+\.\d ms/],
  ])("tells times apart that are, with the fault %s", async (fault, expected, note) => {
    const { report } = await probeLive({ maxRequests: 2000, probes: ["mask/timing"], ...(fault && { faults: [fault] }) });
    const told = report.findings.filter(isMasking).map((finding) => `${finding.rule} ${finding.note}`);
    expect([...new Set(told)]).toEqual(expected);
    expect(report.coverage.provisions.find(({ provision }) => provision === "masking:course")?.note).toMatch(note);
  });

  it.each(maskingFaults)("$name is told by $rule alone", async ({ name, rule, note, row }) => {
    const { report } = await probeLive({
      ...small,
      ...(showsInPlain(name) && { maxRequests: 250 }),
      ...(row === "preset-not-found" && { plan: (text: string) => text }),
      faults: [name],
    });
    const told = report.findings.filter(isMasking).map((finding) => `${finding.rule} ${finding.note}`);
    // Words of ownership are words that a missing one has not; and what is served to a write that was allowed does not end the run.
    const differs: Readonly<Record<string, string>> = { "ownership-hinted": "message", "foreign-served": "status" };
    const also = differs[name] === undefined ? [] : [`masking/distinguishable ${differs[name]}`];
    expect([...new Set(told)].sort()).toEqual([...also, `${rule} ${name === "foreign-served" ? "servedLive" : note}`]);
  });
});
