import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { client } from "../rules/client/index.ts";
import { audit } from "../src/audit.ts";
import { loadContract } from "../src/contract/load.ts";
import { parseContract } from "../src/contract/parse.ts";
import type { Subject } from "../src/model/finding.ts";
import { makeClient } from "./kit/client/client.ts";
import { seeded, shuffled } from "./kit/client/random.ts";
import type { ClientFinding, Script } from "./kit/client/script.ts";
import { misconduct, rightConduct } from "./kit/client/scripts.ts";
import { writeHar } from "./kit/record/har.ts";
import { type Exchange, openSession, publicHost } from "./kit/record/session.ts";
import { sightings } from "./kit/record/sightings.ts";

const builtin = await loadContract();
let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "envelint-client-"));
});
afterAll(() => rmSync(cwd, { recursive: true }));

async function record({ play }: Script): Promise<readonly Exchange[]> {
  const session = await openSession({ pause: 0 });
  try {
    await play(makeClient(session));
    return session.log;
  } finally {
    await session.close();
  }
}

/** What an audit finds in a log, whatever order its entries are written in; entries by their place in the session. */
async function findIn(log: readonly Exchange[], { contract, isUntimed }: Script, subject: Subject): Promise<ClientFinding[]> {
  const har = writeHar(log, "one client");
  writeFileSync(join(cwd, "client.har"), isUntimed ? har.replace(/("startedDateTime": ")[^"]*/g, "$1") : har);
  const report = await audit("client.har", {
    cwd,
    contract: contract === undefined ? builtin : await parseContract(contract, { file: "t.yaml" }),
    servers: `https://${publicHost}`,
    subjects: [subject],
    maxSamples: 0,
  });
  // A client can be judged by successes alone.
  expect(report.unjudged.filter((why) => !/^No (?:error was answered|promise was put)/.test(why))).toEqual([]);
  const found = new Map<string, ClientFinding>();
  for (const { rule, note, entry } of sightings(report)) {
    const at = [...(found.get(`${rule} ${note}`)?.at ?? []), log[entry]?.index ?? -1];
    found.set(`${rule} ${note}`, { rule, note, at: at.sort((a, b) => a - b) });
  }
  return inOrder([...found.values()]);
}

function inOrder(finds: readonly ClientFinding[]): ClientFinding[] {
  return [...finds].sort((a, b) => (`${a.rule} ${a.note}` < `${b.rule} ${b.note}` ? -1 : 1));
}

const kindsOf = (finds: readonly ClientFinding[]) => finds.map(({ rule, note }) => `${rule} ${note}`);

describe.each<[string, readonly Script[]]>([
  ["misconduct", misconduct],
  ["right conduct", rightConduct],
])("%s", (_, scripts) => {
  it.each(scripts)("$name", async (script) => {
    const log = await record(script);
    const finds = inOrder(script.finds);
    expect(await findIn(log, script, "client")).toEqual(finds);
    expect(await findIn(log, script, "server")).toEqual([]);
    if (script.isUntimed) return;

    const byEnd = [...log].sort((a, b) => a.startedAt + a.time - (b.startedAt + b.time));
    expect(await findIn(byEnd, script, "client"), "entries in the order of their ends").toEqual(finds);
    for (const seed of [1, 2])
      expect(kindsOf(await findIn(shuffled(log, seeded(seed)), script, "client")), "entries out of order").toEqual(kindsOf(finds));
  });
});

describe("the catalogue", () => {
  it("has kinds enough, each of a name of its own", () => {
    expect(misconduct.length).toBeGreaterThanOrEqual(28);
    expect(rightConduct.length).toBeGreaterThanOrEqual(17);
    const names = [...misconduct, ...rightConduct].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(misconduct.filter(({ finds }) => finds.length === 0)).toEqual([]);
  });

  it("shows everything that the rules about clients can say", () => {
    const shown = new Set(misconduct.flatMap(({ finds }) => kindsOf(finds)));
    expect([...shown].sort()).toEqual(client.flatMap(({ id }) => notesOf(id).map((note) => `${id} ${note}`)).sort());
  });
});

/** The names of a rule's messages. */
function notesOf(id: string): string[] {
  const source = readFileSync(new URL(`../rules/${id}.ts`, import.meta.url), "utf8");
  const texts = /= messages\(\{\n(.*?)\n\}\);/s.exec(source)?.[1] ?? "";
  return [...texts.matchAll(/^ {2}(\w+): \(/gm)].map(([, note]) => note ?? "");
}
