import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit } from "../src/audit.ts";
import { loadContract } from "../src/contract/load.ts";
import { parseContract } from "../src/contract/parse.ts";
import { writeHar } from "./kit/record/har.ts";
import { provocations } from "./kit/record/provocations.ts";
import { openSession, type Session } from "./kit/record/session.ts";
import { sightings } from "./kit/record/sightings.ts";
import { envelopePlaces } from "./kit/server/envelope.ts";
import { type Fault, placeOf } from "./kit/server/fault.ts";
import { faults } from "./kit/server/faults/index.ts";

const builtin = await loadContract();
const contractOf = ({ contract = "" }: Pick<Fault, "contract">) =>
  contract === "" ? builtin : parseContract(`envelint: 1\ntitle: kit\nextends: builtin:course-api\n${contract}`, { file: "kit.yaml" });
let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "envelint-kit-"));
});
afterAll(() => rmSync(cwd, { recursive: true }));

describe.each(envelopePlaces)("with errors at %j", (place) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({ envelope: { place } });
  });
  afterAll(() => session.close());

  /** Some answers that are right, and then the fault: its capture's report, and the entry in which it shows. */
  async function auditWith(fault: Pick<Fault, "provokedBy" | "contract">, ...on: string[]) {
    session.server.reset();
    session.wait(600);
    const { index: first } = await provocations["missing course"](session, "9998");
    await provocations["missing preset"](session, "9999");
    session.server.use(...on);
    const { index } = await provocations[fault.provokedBy](session, "0001");
    writeFileSync(join(cwd, "kit.har"), writeHar(session.log.slice(first), "one fault"));
    const contract = await contractOf(fault);
    const report = await audit("kit.har", { cwd, contract, maxSamples: 0, rules: [["envelope/extra-member", "warning"]] });
    return { report, entry: index - first };
  }

  /** Elsewhere than in the usual place, only what depends on it. */
  const told = faults.filter((fault) => place === "/detail/error" || fault.place.kind === "error" || fault.place.kind === "elsewhere");

  it.each(told)("$name is found by $rule, and nothing else is", async (fault) => {
    const { rule, note, row, name, also = [] } = fault;
    const { report, entry } = await auditWith(fault, name);
    const found = sightings(report);
    expect(found).toContainEqual({ rule, note, row, entry, place: placeOf(fault, place) });
    expect(found.filter((other) => ![rule, ...also].includes(other.rule) || other.entry !== entry)).toEqual([]);
    expect(report.unjudged).toEqual([]);
  });

  const demands = new Map(faults.map((fault) => [JSON.stringify([fault.provokedBy, fault.contract]), fault]));
  it.each([...demands.values()])("no fault, no finding: $provokedBy", async (fault) => {
    const { report } = await auditWith(fault);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe("kept");
  });
});
