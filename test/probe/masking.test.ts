import { describe, expect, it } from "vitest";
import { probeLive } from "../kit/live/probe-live.ts";
import { liveMaskingFaults } from "../kit/server/faults/live-masking.ts";
import { maskingFaults } from "../kit/server/faults/masking.ts";

const full = { allowWrites: true, maxRequests: 1500 };
const withoutTiming = liveMaskingFaults.filter(({ policy }) => policy?.foreignDelay === undefined);
const isMasking = ({ rule }: { readonly rule: string }) => rule.startsWith("masking/");

describe("masking, asked live", () => {
  it.each([
    [100, "no difference found in 16 pairs (GET and HEAD)"],
    [1500, /^no difference found in \d{3} pairs \(GET, HEAD, OPTIONS, PATCH, POST, PUT and DELETE\)$/],
  ])("is kept by a conformant server, with a budget of %i", async (maxRequests, note) => {
    const { report } = await probeLive({ ...full, maxRequests });
    expect(report.findings.filter(isMasking)).toEqual([]);
    const masking = report.coverage.provisions.filter(({ provision }) => provision.startsWith("masking:"));
    expect(masking.map(({ verdict }) => verdict)).toEqual(["kept", "kept"]);
    expect(masking[0]?.note).toMatch(note);
  });

  it.each(withoutTiming)("$name: $breaks", async ({ name, rule, note, place }) => {
    const { report, entries } = await probeLive({ ...full, faults: [name] });
    const told = report.findings.filter(isMasking);
    expect(new Set(told.map((finding) => `${finding.severity} ${finding.rule}`))).toEqual(new Set([`error ${rule}`]));
    const found = told.filter((finding) => finding.note === note).flatMap(({ samples }) => samples);
    expect(found.map((sample) => sample.place)).toContainEqual(place);
    expect(found.every(({ entry, url }) => entries[entry]?._probe.probe.startsWith("mask/") && /crs_geometry|crs_biology1/.test(url))).toBe(
      true,
    );
    expect(report.coverage.provisions.find(({ provision }) => provision === "masking:course")?.verdict).toBe("broken");
  });

  it.each(maskingFaults)("$name is told once, and by $rule alone", async ({ name, rule, note }) => {
    const { report } = await probeLive({ ...full, faults: [name] });
    const notes = report.findings.filter(isMasking).map((finding) => `${finding.rule} ${finding.note} ${finding.severity}`);
    expect(notes.map((each) => each.split(" ")[0])).toContain(rule);
    expect(notes).toEqual([note]);
  });
});
